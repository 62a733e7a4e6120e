using System.Text;
using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Blocks;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Tests.Proofs;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using static Actors.Ledger.Tests.Proofs.ProofChain;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>
/// The chain of the vectors of blocks, state and files. Its keys are fixed, so every byte is the same each time. Block 1 is that of
/// <see cref="ProofChain"/>; in the others happens one thing each that a file can be about.
/// </summary>
internal sealed class VectorChain
{
    public const int SettingUp = 1, BulkAndRefusal = 2, SettingAside = 3, Settlement = 4, KeyChanged = 5, Expiry = 6, Newest = 7;
    public const ulong Issuer = ProofChain.Issuer, Alice = ProofChain.Alice, Bob = ProofChain.Bob, Unused = 13, Missing = 22;
    private int _keys;

    public VectorChain()
    {
        Chain = new ProofChain(leafRecords: 4, () => FixedKey.Named($"vectors {_keys++}"));
        var replaced = Chain.Fixture.SealingKey;
        BulkWithFailuresAndARefusedTransaction();
        SetAsideAndSettle();
        Chain.ChangeSealingKey();
        LetTimeOut();
        Chain.SealWith([Move(Bob, Alice, 3), Move(Bob, Alice, 4)], Chain.BobKey);
        FirstSealingKey = replaced;
    }

    public ProofChain Chain { get; }

    /// <summary>The key of the genesis, which seals to block 5.</summary>
    public Key FirstSealingKey { get; }

    public Block Block(int height) => Chain.Block(height);

    private static Reference Text(string text) => new(Encoding.ASCII.GetBytes(text));

    /// <summary>Alice signs.</summary>
    private void Record(TransactionKind kind, IReadOnlyList<IOperation> operations, Outcome outcome) =>
        Assert.Equal(outcome, Chain.Fixture.Submit(kind, operations, Chain.AliceKey).Outcome);

    private void BulkWithFailuresAndARefusedTransaction()
    {
        IOperation[] bulk =
        [
            new Transfer(Account(Alice), Account(Bob), 70, Text("rent")),
            Move(Alice, 4_711, 1),
            Move(Alice, Bob, 5_000),
            Move(Alice, 3, 20),
            Move(Alice, Bob, 30),
        ];
        Record(TransactionKind.Bulk, bulk, Outcome.Committed);
        Record(TransactionKind.Atomic, [Move(Alice, Bob, 1), Move(Alice, Bob, 5_000)], Outcome.BelowFloor);
        Chain.Seal();
    }

    private void SetAsideAndSettle()
    {
        var late = new Timestamp(Chain.Fixture.NowMs + 3_600_000);
        var soon = new Timestamp(Chain.Fixture.NowMs + 10_000);
        Record(TransactionKind.Atomic, [new Pending(Account(Alice), Account(Bob), 100, late, Reference: Text("order 17"))], Outcome.Committed);
        Record(TransactionKind.Atomic, [new Pending(Account(Alice), Account(Bob), 5, soon, Reference: new Reference([7, 0]), Linked: true), new Pending(Account(Alice), Account(14), 6, soon)], Outcome.Committed);
        var both = new KeysetDefinition(1, [new WeightedKey(Chain.AliceKey.Public, 1), new WeightedKey(Chain.Fixture.NewKey().Public, 1)]);
        IOperation[] settings =
        [
            new ChangeKeyset(EntityReference.Numbered(2), both),
            new SetAlias(Account(Alice), "main"),
            new Note(EntityReference.Numbered(2), Chain.GenesisHash, Encoding.ASCII.GetBytes("seen")),
        ];
        Record(TransactionKind.Atomic, settings, Outcome.Committed);
        Chain.SealWith([new SetCeiling(Account(3), 1_000)], Chain.Fixture.Operator);
        Chain.SealWith([new Post(EntityReference.Numbered(1), 60)], Chain.BobKey);
    }

    private void LetTimeOut()
    {
        Chain.Fixture.NowMs += 60_000;
        Chain.SealWith([Move(Alice, Bob, 5)], Chain.AliceKey);
    }
}
