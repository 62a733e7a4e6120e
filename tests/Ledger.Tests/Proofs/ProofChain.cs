using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.State;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Tests.Proofs;

/// <summary>
/// A chain for proof tests. Block 1 creates an asset of the operator, the issuer's account 1 without a floor, keyset 2 of Alice with
/// accounts 2 to 11 and keyset 3 of Bob with accounts 12 to 21, and gives account 2 a thousand. Account 13 and later stay unused.
/// </summary>
internal sealed class ProofChain
{
    public const ulong Issuer = 1;
    public const ulong Alice = 2;
    public const ulong Bob = 12;
    private readonly List<KeyChange> _keyChanges = [];

    public ProofChain(int leafRecords = 4, Func<Key>? newKey = null)
    {
        Fixture = ChainFixture.Create("proofs", leafRecords, newKey);
        AliceKey = Fixture.NewKey();
        BobKey = Fixture.NewKey();
        Fixture.Submit(
            [
                new CreateAsset(EntityReference.Numbered(1), 2, "EUR"),
                new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1, AccountLimits.NoFloor),
                new OpenKeyset(AliceKey.Keyset),
                new OpenAccounts(EntityReference.Created(2), EntityReference.Created(0), 10),
                new OpenKeyset(BobKey.Keyset),
                new OpenAccounts(EntityReference.Created(4), EntityReference.Created(0), 10),
                new Transfer(AccountReference.Created(1), AccountReference.Created(3), 1_000),
            ],
            Fixture.Operator, AliceKey, BobKey);
        Seal();
    }

    public ChainFixture Fixture { get; }

    public Key AliceKey { get; }

    public Key BobKey { get; }

    public Genesis Genesis => Fixture.Genesis;

    public Hash256 GenesisHash => Fixture.Genesis.Hash;

    public IReadOnlyList<TableRoot> Tables => Fixture.LastDraft!.Cut!.Roots!.Tables;

    public IReadOnlyList<KeyChange> KeyChanges => _keyChanges;

    public int Head => Fixture.Blocks.Count;

    public static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));

    public static Transfer Move(ulong debit, ulong credit, long amount) => new(Account(debit), Account(credit), amount);

    public Block Block(int height) => Ledger.Blocks.Block.Parse(Fixture.Blocks[height - 1]);

    public Block Seal()
    {
        var block = Ledger.Blocks.Block.Parse(Fixture.Seal());
        if (KeyChange.TryBuild(block) is { } change)
        {
            _keyChanges.Add(change);
        }

        return block;
    }

    /// <summary>Seals one block with one transaction.</summary>
    public Block SealWith(IReadOnlyList<IOperation> operations, params Key[] signers)
    {
        Assert.True(Fixture.Submit(operations, signers).IsRecorded);
        return Seal();
    }

    public Key ChangeSealingKey()
    {
        var key = Fixture.NewKey();
        SealWith([new ChangeSealingKey(key.Public)], Fixture.Operator);
        return key;
    }

    public Anchor AnchorAt(int height) => Anchor.Of(Genesis, [.. _keyChanges.Where(change => change.Header.Height.Value < (ulong)height)], Block(height));

    public byte[] Receipt(int height, int transaction, int? operation) =>
        Ledger.Proofs.Receipt.Encode(AnchorAt(height), OperationProof.Build(Block(height), transaction, operation));

    public byte[] AccountProof(ulong account) => AccountProofFile(account).Encode();

    public RecordProofFile AccountProofFile(ulong account) =>
        RecordProofFile.OfAccount(Fixture.State, AnchorAt(Head), Tables, new AccountNumber(account));

    public Hash256[]? HistoryPath(int height, int anchor)
    {
        Hash256[] hashes = [GenesisHash, .. Enumerable.Range(1, anchor - 1).Select(h => Block(h).Hash)];
        return height == anchor ? null : MerkleTree.InclusionPath(Array.ConvertAll(hashes, hash => MerkleTree.LeafHash(hash.AsSpan())), height);
    }

    /// <summary>The account's statement from the block that touched it last, walked back through its touches.</summary>
    public Statement Statement(ulong account, int entriesMax = int.MaxValue)
    {
        Assert.True(Fixture.State.Accounts.TryRead(account, out var record));
        var entries = new List<StatementEntryProof>();
        for (var height = (int)record.LastBlock; height > 0 && entries.Count < entriesMax;)
        {
            var block = Block(height);
            entries.Add(StatementEntryProof.Build(block, new AccountNumber(account), HistoryPath(height, Head)));
            height = (int)StatementEntryProof.TouchOf(block, new AccountNumber(account))!.Value.Previous;
        }

        return new Statement(AnchorAt(Head), new AccountNumber(account), entries);
    }
}
