using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.Tests.Proofs;
using Actors.Ledger.Transactions;
using static Actors.Ledger.Tests.Vectors.VectorChain;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md sections 8 to 8.3.</summary>
public sealed class ReceiptVectorTests
{
    private readonly VectorChain _vectors = new();

    private ProofChain Chain => _vectors.Chain;

    private Hash256 Hash => Chain.GenesisHash;

    [Fact]
    public void Receipts_are_as_pinned() => VectorFile.Pins("08-receipts", new
    {
        section = "8.3 Receipt file",
        genesisHash = Hash.ToString(),
        accepted = new[]
        {
            Accepted("a single operation", Newest, 0, null),
            Accepted("what a transaction created", SettingUp, 0, null),
            Accepted("one operation of a bulk", BulkAndRefusal, 0, 3),
            Accepted("one operation of a bulk, refused", BulkAndRefusal, 0, 1),
            Accepted("a bulk, two of whose operations were refused", BulkAndRefusal, 0, null),
            Accepted("an atomic transaction, refused", BulkAndRefusal, 1, null),
            Accepted("one operation of an atomic transaction that another one undid", BulkAndRefusal, 1, 0),
            Accepted("a pending that was created", SettingAside, 0, 0),
            Accepted("a part of a pending posted", Settlement, 0, null),
            Accepted("the change of the sealing key, sealed by the key before it", KeyChanged, 0, null),
            Accepted("after a change of the sealing key", Expiry, 0, null),
        },
        refused = FileVector.RefusedForms(Chain.Receipt(Newest, 0, null), Hash)
            .Concat(RefusedAnchors())
            .Concat(RefusedProofs())
            .Append(FileVector.Refused("a receipt of another chain", CheckNames.Anchored, Stranger().Receipt(1, 0, null), Hash)),
    });

    private static ProofChain Stranger()
    {
        var keys = 0;
        return new ProofChain(newKey: () => FixedKey.Named($"stranger {keys++}"));
    }

    private object Accepted(string name, int height, int transaction, int? operation)
    {
        var block = _vectors.Block(height);
        var (recorded, effect) = (block.Transactions[transaction].Transaction, block.Effect(transaction));
        var shown = operation is { } one ? [one] : Enumerable.Range(0, recorded.OperationCount);
        return FileVector.Accepted(name, Chain.Receipt(height, transaction, operation), Hash, new
        {
            height = height.ToString(),
            id = recorded.Id.ToString(),
            index = transaction,
            kind = (int)recorded.Kind,
            operationCount = recorded.OperationCount,
            outcome = (int)effect.Outcome,
            operations = shown.Select(i => Describe(i, recorded, effect)),
        });
    }

    private static object Describe(int index, Transaction transaction, TransactionEffect effect)
    {
        var entry = effect.Operations.FirstOrDefault(entry => entry.Operation == index);
        return new
        {
            index,
            type = (int)transaction.Operation(index)[0],
            outcome = effect.Outcome == Outcome.Committed ? (int)entry.Outcome : index == effect.FailedOperation ? (int)effect.Outcome : (object)"undone",
            created = entry.Created.ToString(),
            settlements = (entry.Settlements ?? []).Select(Effects.Of),
        };
    }

    private List<object> RefusedAnchors()
    {
        var anchor = Chain.AnchorAt(Newest);
        var change = anchor.KeyChanges[0];
        var other = anchor.Header with { Genesis = Sha256.Of("another chain"u8) };
        var unrelated = new KeyChange(_vectors.Block(SettingUp).Header, _vectors.Block(SettingUp).Seal, OperationProof.Build(_vectors.Block(SettingUp), 0, null));
        var high = new Signature([.. anchor.Seal.AsSpan()[..32], .. FixedKey.OtherS(anchor.Seal.AsSpan()[32..])]);
        return
        [
            Refused("a header of another chain, sealed", CheckNames.Genesis, anchor with { Header = other, Seal = Chain.Fixture.SealingKey.Sign(other.Encode()) }),
            Refused("a key change by another operation", CheckNames.KeyChange(1), anchor with { KeyChanges = [unrelated] }),
            Refused("a key change sealed by the key that it brings", CheckNames.KeyChange(1), anchor with { KeyChanges = [change with { Seal = Chain.Fixture.SealingKey.Sign(change.Header.Encode()) }] }),
            Refused("a key change twice", CheckNames.KeyChange(2), anchor with { KeyChanges = [change, change] }),
            Refused("a key change left out", CheckNames.Seal, anchor with { KeyChanges = [] }),
            Refused("sealed by the key before the change", CheckNames.Seal, anchor with { Seal = _vectors.FirstSealingKey.Sign(anchor.Header.Encode()) }),
            Refused("a high-S seal", CheckNames.Seal, anchor with { Seal = high }),
            Refused("a seal of another header", CheckNames.Seal, anchor with { Seal = _vectors.Block(Expiry).Seal }),
            Refused("a change that is not below the header", CheckNames.Seal, new Anchor(Chain.Genesis, [change], change.Header, change.Seal), KeyChanged),
            Refused("the state of a later block, sealed", CheckNames.WellFormed, WithState(Newest + 1)),
            Refused("the state of 1,001 blocks before, sealed", CheckNames.WellFormed, WithState(Newest, Newest + 1_001)),
            Refused("height 0, sealed", CheckNames.Seal, AtHeightZero(), SettingUp),
        ];
    }

    private Anchor AtHeightZero()
    {
        var header = _vectors.Block(SettingUp).Header with { Height = new Height(0), StateHeight = new Height(0) };
        return new Anchor(Chain.Genesis, [], header, _vectors.FirstSealingKey.Sign(header.Encode()));
    }

    private Anchor WithState(int stateHeight, int height = Newest)
    {
        var anchor = Chain.AnchorAt(Newest);
        var header = anchor.Header with { Height = new Height((ulong)height), StateHeight = new Height((ulong)stateHeight) };
        return anchor with { Header = header, Seal = Chain.Fixture.SealingKey.Sign(header.Encode()) };
    }

    private static object RefusedProof(string why, string check, Anchor anchor, OperationProof proof, Hash256 genesis) =>
        FileVector.Refused(why, check, Receipt.Encode(anchor, proof), genesis);

    private object Refused(string why, string check, Anchor anchor, int height = Newest) =>
        RefusedProof(why, check, anchor, OperationProof.Build(_vectors.Block(height), 0, null), Hash);

    private List<object> RefusedProofs()
    {
        var anchor = Chain.AnchorAt(BulkAndRefusal);
        var whole = _vectors.Block(BulkAndRefusal);
        var one = Chain.Receipt(BulkAndRefusal, 0, 3);
        return
        [
            RefusedProof("an operation of another block", CheckNames.TransactionsRoot, anchor, OperationProof.Build(_vectors.Block(Newest), 0, null), Hash),
            Forged("the amount of another transfer", CheckNames.TransactionsRoot, one, At(one, Operation(whole, 0, 3)) + 4, 21),
            Forged("the index of another operation", CheckNames.TransactionsRoot, one, At(one, Operation(whole, 0, 3)) - 5, 2),
            Forged("an index past the operations", CheckNames.WellFormed, one, At(one, Operation(whole, 0, 3)) - 5, 5),
            Forged("an operation path with a hash too few", CheckNames.OperationsRoot, one, At(one, Operation(whole, 0, 3)) - 5, 4),
            Forged("an unknown kind", CheckNames.WellFormed, one, At(one, Operation(whole, 0, 3)) - 13, 3),
            Forged("the index of another transaction", CheckNames.TransactionsRoot, one, At(one, Operation(whole, 0, 3)) - 20, 1),
            Forged("an index past the transactions", CheckNames.TransactionsRoot, one, At(one, Operation(whole, 0, 3)) - 20, 2),
            Forged("an outcome that was not", CheckNames.OutcomesRoot, one, At(one, whole.EffectLeaves[0].ToArray()) + 1 + 1 + 1 + 1, 0xB0),
            Forged("an effect leaf of touches", CheckNames.WellFormed, one, At(one, whole.EffectLeaves[0].ToArray()), 2),
            FileVector.Refused("a failed operation of an atomic transaction that was committed, sealed", CheckNames.Outcome, Sealed(TransactionKind.Bulk), Hash),
            FileVector.Refused("a bulk refused as a whole, sealed", CheckNames.Outcome, Sealed(TransactionKind.Atomic), Hash),
            .. new SealedForgery(Chain, _vectors.FirstSealingKey).Vectors(),
        ];
    }

    private static byte[] Operation(Block block, int transaction, int operation) => block.Transactions[transaction].Transaction.Operation(operation).ToArray();

    private static int At(byte[] file, byte[] part)
    {
        var at = file.AsSpan().IndexOf(part);
        Assert.True(at > 0 && file.AsSpan(at + 1).IndexOf(part) < 0, "expected the part once");
        return at;
    }

    private object Forged(string why, string check, byte[] file, int at, byte value)
    {
        var body = file[..^Hash256.Size];
        Assert.NotEqual(value, body[at]);
        body[at] = value;
        return FileVector.Refused(why, check, FileVector.Rehashed(body), Hash);
    }

    /// <summary>
    /// A transaction of this kind under the seal of block 2 with the other kind said in its signed bytes, which makes its effects impossible.
    /// </summary>
    private byte[] Sealed(TransactionKind kind)
    {
        var transaction = kind == TransactionKind.Bulk ? 0 : 1;
        var other = kind == TransactionKind.Bulk ? TransactionKind.Atomic : TransactionKind.Bulk;
        var block = _vectors.Block(BulkAndRefusal);
        var hashes = block.Transactions.Select((recorded, i) => MerkleTree.LeafHash(i == transaction ? Signed(recorded.Transaction, other) : recorded.Transaction.Signed)).ToArray();
        var header = block.Header with { TransactionsRoot = MerkleTree.Root(hashes) };
        var receipt = Receipt.Encode(new Anchor(Chain.Genesis, [], header, _vectors.FirstSealingKey.Sign(header.Encode())), OperationProof.Build(block, transaction, null));
        var body = receipt[..^Hash256.Size];
        body[At(body, block.Transactions[transaction].Transaction.Operations.ToArray()) - 13] = (byte)other;
        return FileVector.Rehashed(body);
    }

    private byte[] Signed(Transaction transaction, TransactionKind kind)
    {
        var signed = new byte[SignedBytes.Size];
        SignedBytes.Write(signed, Hash, transaction.Expiry, kind, transaction.OperationCount, transaction.OperationsRoot);
        return signed;
    }
}
