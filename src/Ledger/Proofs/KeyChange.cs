using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// That a chain's sealing key was changed: the block that did it, sealed by the key before, and the operation in it
/// (docs/wire-format.md section 8.1). The new key seals from the next height on.
/// </summary>
public sealed record KeyChange(BlockHeader Header, Signature Seal, OperationProof Proof)
{
    /// <summary>Finds the one committed change of the sealing key in a block; null when the block changes no key.</summary>
    public static KeyChange? TryBuild(Block block)
    {
        for (var transaction = 0; transaction < block.Transactions.Count; transaction++)
        {
            var operations = OperationList.Of(block.Transactions[transaction].Transaction);
            if (Find(operations, block.Effect(transaction)) is var (operation, _))
            {
                return new KeyChange(block.Header, block.Seal, OperationProof.Build(block, transaction, operation));
            }
        }

        return null;
    }

    /// <inheritdoc cref="TryBuild"/>
    /// <exception cref="ArgumentException">The block changes no sealing key.</exception>
    public static KeyChange Build(Block block) =>
        TryBuild(block) ?? throw new ArgumentException($"block {block.Header.Height} does not change the sealing key", nameof(block));

    /// <summary>The key that seals from the next height on; null when the operations shown do not change it.</summary>
    public PublicKey? NewKey => Find(Proof.Shown, Proof.Effect)?.Key;

    internal void Write(WireWriter writer)
    {
        writer.Bytes(Header.Encode());
        writer.Bytes(Seal.AsSpan());
        Proof.Write(writer);
    }

    internal static KeyChange Read(ref WireReader reader) => new(
        BlockHeader.Decode(reader.Bytes(BlockHeader.Size)),
        new Signature(reader.Bytes(Signature.Size)),
        OperationProof.Read(ref reader));

    /// <summary>A block commits at most one change, so the first is the one.</summary>
    private static (int Operation, PublicKey Key)? Find(OperationList operations, TransactionEffect effect)
    {
        for (var i = operations.First; i < operations.End; i++)
        {
            if (operations.Type(i) == OperationType.ChangeSealingKey && effect.OutcomeOf(i) == Outcome.Committed)
            {
                return (i, ((ChangeSealingKey)operations.Decode(i)).Key);
            }
        }

        return null;
    }
}
