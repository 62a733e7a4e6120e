using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.State;
using Actors.Ledger.Tests.Proofs;
using static Actors.Ledger.Tests.Vectors.VectorChain;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 8.4.</summary>
public sealed class RecordVectorTests
{
    private readonly VectorChain _vectors = new();

    private ProofChain Chain => _vectors.Chain;

    private Hash256 Hash => Chain.GenesisHash;

    [Fact]
    public void Record_proofs_are_as_pinned() => VectorFile.Pins("08-records", new
    {
        section = "8.4 Record-proof file",
        genesisHash = Hash.ToString(),
        accepted = new[]
        {
            Accepted("an account in use", Chain.AccountProofFile(Alice), new { finding = "account", account = Alice.ToString(), record = Account(Alice) }),
            Accepted("an account that was never touched", Chain.AccountProofFile(Unused), new { finding = "untouched account", account = Unused.ToString(), range = new { first = "12", count = "10", owner = "3", asset = "1" } }),
            Accepted("no account", Chain.AccountProofFile(Missing), new { finding = "no account", account = Missing.ToString() }),
            Accepted("a keyset", Record(TableId.Keysets, 2), new { finding = "record", table = 1, number = "2", record = new { firstKey = Chain.AliceKey.Public.ToString(), keyCount = 2, threshold = 1, furtherKeysFrom = "1", changedAt = "3" } }),
            Accepted("a pending, posted", Record(TableId.Pendings, 1), new { finding = "record", table = 6, number = "1", record = new { debit = "2", credit = "12", amount = "100", state = 2, decider = "3", reference = "6f72646572203137" } }),
            Accepted("a pending whose reference ends in a zero byte", Record(TableId.Pendings, 2), new { finding = "record", table = 6, number = "2", record = new { amount = "5", groupSize = 2, reference = "0700" } }),
            Accepted("a pending without a reference", Record(TableId.Pendings, 3), new { finding = "record", table = 6, number = "3", record = new { amount = "6", groupFirst = "2", reference = "" } }),
            Accepted("an alias", Record(TableId.Aliases, 1), new { finding = "record", table = 7, number = "1", record = new { account = "2", keyset = "2", alias = "main" } }),
        },
        refused = FileVector.RefusedForms(Chain.AccountProof(Alice), Hash).Concat(Refusals()),
    });

    private object Account(ulong number)
    {
        Assert.True(Chain.Fixture.State.Accounts.TryRead(number, out var record));
        return new
        {
            posted = record.Posted.ToString(),
            pendingOut = record.PendingOut.ToString(),
            pendingIn = record.PendingIn.ToString(),
            owner = record.Owner.ToString(),
            asset = record.Asset.ToString(),
            lastBlock = record.LastBlock.ToString(),
        };
    }

    private RecordProofFile Record(TableId table, ulong number) =>
        RecordProofFile.OfRecord(Chain.AnchorAt(Newest), RecordProof.Build(Chain.Fixture.State.Tables, table, number), Chain.Tables);

    private object Accepted(string name, RecordProofFile file, object shows) => FileVector.Accepted(name, file.Encode(), Hash, shows);

    private object Refused(string why, string check, RecordProofFile file) => FileVector.Refused(why, check, file.Encode(), Hash);

    private List<object> Refusals()
    {
        var (used, unused, missing) = (Chain.AccountProofFile(Alice), Chain.AccountProofFile(Unused), Chain.AccountProofFile(Missing));
        var record = used.Records[0];
        var richer = record.Leaf.ToArray();
        richer[record.Shape.RecordBytes + 1] ^= 1;
        var last = RecordProof.Build(Chain.Fixture.State.Tables, TableId.Accounts, Missing - 1);
        var otherRange = RecordProof.Build(Chain.Fixture.State.Tables, TableId.Ranges, 2);
        return
        [
            Refused("an account with more money", CheckNames.Records, used with { Records = [record with { Leaf = richer }] }),
            Refused("the number of a record in another leaf", CheckNames.Records, used with { Records = [record with { Number = 6 }] }),
            Refused("a slot past the table", CheckNames.Records, unused with { Records = [last with { Number = Missing }, unused.Records[1]] }),
            Refused("a path with a hash too few", CheckNames.Records, used with { Records = [record with { Path = [.. record.Path.SkipLast(1)] }] }),
            Refused("a path with a hash too many", CheckNames.Records, used with { Records = [record with { Path = [.. record.Path, Hash256.Zero] }] }),
            Refused("another count of a table", CheckNames.StateRoot, missing with { Tables = Changed(missing.Tables, TableId.Accounts, table => table with { Count = 20 }) }),
            Refused("another root of a table", CheckNames.StateRoot, used with { Tables = Changed(used.Tables, TableId.Aliases, table => table with { Root = Hash256.Zero }) }),
            Refused("tables out of order", CheckNames.WellFormed, used with { Tables = [.. used.Tables.Reverse()] }),
            Refused("a table left out", CheckNames.WellFormed, used with { Tables = [.. used.Tables.SkipLast(1)] }),
            Refused("an account that exists said to be missing", CheckNames.Existence, missing with { Missing = new AccountNumber(21) }),
            Refused("account 0 said to be missing", CheckNames.WellFormed, missing with { Missing = new AccountNumber(0) }),
            Refused("an empty slot without its range", CheckNames.Existence, unused with { Records = [unused.Records[0]] }),
            Refused("an empty slot with another range", CheckNames.Existence, unused with { Records = [unused.Records[0], otherRange] }),
            Refused("a range beside an account in use", CheckNames.Existence, used with { Records = [record, otherRange] }),
            Refused("two accounts", CheckNames.Existence, used with { Records = [unused.Records[0], record] }),
            Refused("three records", CheckNames.WellFormed, used with { Records = [record, record, record] }),
            Refused("a record of an account without an owner, sealed", CheckNames.Existence, Ownerless(used)),
            Refused("the state of another block", CheckNames.StateRoot, used with { Anchor = Chain.AnchorAt(Expiry) }),
        ];
    }

    /// <summary>The file with the owner of its account taken out, under a header that the chain's key seals over that state.</summary>
    private RecordProofFile Ownerless(RecordProofFile file)
    {
        var record = file.Records[0];
        var leaf = record.Leaf.ToArray();
        leaf.AsSpan((int)((record.Number - 1) % (ulong)record.Shape.LeafRecords * (ulong)record.Shape.RecordBytes) + 40, sizeof(uint)).Clear();
        var forged = record with { Leaf = leaf };
        Assert.True(forged.TryRoot(file.Tables[(int)TableId.Accounts].Count, out var root));
        var tables = Changed(file.Tables, TableId.Accounts, table => table with { Root = root });
        var header = file.Anchor.Header with { StateRoot = StateHash.Root(Chain.Genesis.Settings.LeafRecords, tables) };
        var anchor = file.Anchor with { Header = header, Seal = Chain.Fixture.SealingKey.Sign(header.Encode()) };
        return new RecordProofFile(anchor, null, [forged], tables);
    }

    private static List<TableRoot> Changed(IReadOnlyList<TableRoot> tables, TableId id, Func<TableRoot, TableRoot> change) =>
        [.. tables.Select(table => table.Id == id ? change(table) : table)];
}
