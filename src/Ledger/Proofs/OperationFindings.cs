using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Proofs;

/// <summary>What checking an operation proof against a header finds. The header itself is checked elsewhere.</summary>
internal sealed record OperationFindings(TransactionId Id, Finding OperationsRoot, Finding TransactionsRoot, Finding OutcomesRoot, Finding Outcome)
{
    /// <summary>The first finding that does not hold; null when all do.</summary>
    public Finding? FirstFailure
    {
        get
        {
            foreach (var finding in new[] { OperationsRoot, TransactionsRoot, OutcomesRoot, Outcome })
            {
                if (!finding.Holds)
                {
                    return finding;
                }
            }

            return null;
        }
    }

    public static OperationFindings Of(OperationProof proof, BlockHeader header)
    {
        var operations = CheckOperations(proof, out var root);
        var signed = new byte[SignedBytes.Size];
        SignedBytes.Write(signed, header.Genesis, proof.Expiry, proof.Kind, proof.OperationCount, root);
        return new OperationFindings(
            TransactionId.Of(proof.Expiry, signed),
            operations,
            CheckPath("transaction", signed, proof.TransactionIndex, header.TransactionCount, proof.TransactionPath, header.TransactionsRoot, "transactions root"),
            CheckPath("effect leaf", proof.EffectLeaf.Span, proof.TransactionIndex, header.EffectLeafCount, proof.EffectPath, header.OutcomesRoot, "outcomes root"),
            CheckOutcome(proof));
    }

    private static Finding CheckOperations(OperationProof proof, out Hash256 root)
    {
        if (proof.Operation is not { } operation)
        {
            var hashes = new Hash256[proof.OperationCount];
            MerkleTree.LeafHashes(proof.Shown.Bytes.Span, proof.Shown.Ends, hashes);
            root = MerkleTree.Root(hashes);
            return Finding.Pass($"all {proof.OperationCount} operations are shown, their root is {root}");
        }

        var leaf = MerkleTree.LeafHash(proof.Shown.Bytes.Span);
        return MerkleTree.TryRootFromPath(leaf, (ulong)operation, (ulong)proof.OperationCount, proof.OperationPath, out root)
            ? Finding.Pass($"operation {operation} of {proof.OperationCount} leads to root {root}")
            : Finding.Fail($"a path of {proof.OperationPath.Length} hashes does not lead from operation {operation} of {proof.OperationCount} to a root");
    }

    private static Finding CheckPath(string what, ReadOnlySpan<byte> leaf, int index, ulong size, Hash256[] path, in Hash256 expected, string rootName)
    {
        if (!MerkleTree.TryRootFromPath(MerkleTree.LeafHash(leaf), (ulong)index, size, path, out var root))
        {
            return Finding.Fail($"a path of {path.Length} hashes does not lead from {what} {index} of {size} to a root");
        }

        return root == expected
            ? Finding.Pass($"{what} {index} of {size} leads to the header's {rootName} {expected}")
            : Finding.Fail($"{what} {index} of {size} leads to {root}, expected the header's {rootName} {expected}");
    }

    private static Finding CheckOutcome(OperationProof proof)
    {
        var effect = proof.Effect;
        if (effect.Outcome != Transactions.Outcome.Committed)
        {
            return proof.Kind == TransactionKind.Atomic && effect.Operations.Count == 0
                ? Finding.Pass($"the transaction was refused at operation {effect.FailedOperation}: {Words.Of(effect.Outcome)}")
                : Finding.Fail("the effect leaf refuses a whole transaction, expected an atomic one without effects");
        }

        for (var i = proof.Shown.First; i < proof.Shown.End; i++)
        {
            if (!effect.Find(i).Fits(proof.Shown.Type(i)))
            {
                return Finding.Fail($"the effect of operation {i} is none that a {proof.Shown.Type(i)} operation can have");
            }
        }

        var refused = effect.Operations.Count(entry => entry.Outcome != Transactions.Outcome.Committed);
        return proof.Kind == TransactionKind.Atomic && refused > 0
            ? Finding.Fail($"the effect leaf refuses {refused} operations of a committed atomic transaction, expected none")
            : Finding.Pass(refused == 0 ? "the transaction was committed" : $"the bulk was committed but for {refused} of its {proof.OperationCount} operations");
    }
}
