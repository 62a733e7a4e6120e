using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.Tests.Proofs;
using static Actors.Ledger.Tests.Vectors.VectorChain;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 8.5.</summary>
public sealed class StatementVectorTests
{
    private readonly VectorChain _vectors = new();

    private ProofChain Chain => _vectors.Chain;

    private Hash256 Hash => Chain.GenesisHash;

    [Fact]
    public void Statements_are_as_pinned() => VectorFile.Pins("08-statements", new
    {
        section = "8.5 Statement file",
        genesisHash = Hash.ToString(),
        accepted = new[]
        {
            Accepted("an account's whole life", Chain.Statement(Alice)),
            Accepted("its two newest blocks", Chain.Statement(Alice, entriesMax: 2)),
            Accepted("the account that pays", Chain.Statement(Issuer)),
            Accepted("the other side", Chain.Statement(Bob)),
        },
        refused = FileVector.RefusedForms(Chain.Statement(Alice, entriesMax: 1).Encode(), Hash).Concat(Refusals()),
    });

    private object Accepted(string name, Statement statement)
    {
        var file = statement.Encode();
        var proven = ProofVerifier.Verify(file, Hash).Statement!;
        return FileVector.Accepted(name, file, Hash, new
        {
            account = proven.Account.Value.ToString(),
            continuesAt = proven.Next.Value.ToString(),
            entries = proven.Entries.Select(entry => new
            {
                height = entry.Height.Value.ToString(),
                timeMs = entry.Time.Ms.ToString(),
                change = entry.PostedChange.ToString(),
                operations = entry.Effects.Where(effect => !effect.IsExpiry).Select(effect => new
                {
                    transaction = _vectors.Block((int)entry.Height.Value).Transactions[effect.EffectLeaf].Transaction.Id.ToString(),
                    index = effect.OperationIndex,
                    posted = effect.PostedChange.ToString(),
                }),
                expired = entry.Effects.Where(effect => effect.IsExpiry).Select(effect => Effects.Of(effect.Settlement!.Value)),
            }),
        });
    }

    private object Refused(string why, string check, Statement statement) => FileVector.Refused(why, check, statement.Encode(), Hash);

    private List<object> Refusals()
    {
        var statement = Chain.Statement(Alice);
        var entries = statement.Entries;
        var expiring = Index(entries, Expiry);
        var bulk = Index(entries, BulkAndRefusal);
        var (expiry, shown) = (entries[expiring], entries[bulk].Operations);
        var whole = OperationProof.Build(_vectors.Block(BulkAndRefusal), 0, null);
        var another = OperationProof.Build(_vectors.Block(BulkAndRefusal), 0, 4);
        return
        [
            Refused("a block left out", CheckNames.StatementChain, statement with { Entries = [entries[0], .. entries.Skip(2)] }),
            Refused("a block twice", CheckNames.StatementChain, statement with { Entries = [entries[0], .. entries] }),
            Refused("blocks from oldest to newest", CheckNames.StatementChain, statement with { Entries = [.. entries.Reverse()] }),
            Refused("no entries", CheckNames.WellFormed, statement with { Entries = [] }),
            Refused("account 0", CheckNames.WellFormed, statement with { Account = new AccountNumber(0) }),
            Refused("another account", CheckNames.Touches, statement with { Account = new AccountNumber(Unused) }),
            Refused("a header that is not in the history", CheckNames.History, With(statement, 1, entries[1] with { Header = entries[1].Header with { TouchCount = 99 } })),
            Refused("the path of another header", CheckNames.History, With(statement, 1, entries[1] with { HistoryPath = Chain.HistoryPath(1, Newest) })),
            Refused("an effect leaf of a transaction as touch leaf", CheckNames.WellFormed, With(statement, 0, entries[0] with { TouchLeaf = Leaf(Newest, 0) })),
            Refused("a touch leaf with another index", CheckNames.Touches, With(statement, 0, entries[0] with { TouchLeaf = entries[0].TouchLeaf with { Index = 0 } })),
            Refused("a touch leaf of another block", CheckNames.Touches, With(statement, 0, entries[0] with { TouchLeaf = entries[expiring].TouchLeaf })),
            Refused("an entry that shows nothing", CheckNames.Operations, With(statement, 0, entries[0] with { Operations = [] })),
            Refused("an operation of another block", CheckNames.Operations, With(statement, 0, entries[0] with { Operations = expiry.Operations })),
            Refused("a transaction left out", CheckNames.Operations, With(statement, bulk, entries[bulk] with { Operations = [another] })),
            Refused("a transaction twice", CheckNames.Operations, With(statement, bulk, entries[bulk] with { Operations = [.. shown, whole] })),
            Refused("operations out of order", CheckNames.StatementOrder, With(statement, bulk, entries[bulk] with { Operations = [.. Singles().Reverse()] })),
            Refused("an expiry twice", CheckNames.StatementOrder, With(statement, expiring, expiry with { ExpiryLeaves = [expiry.ExpiryLeaves[0], expiry.ExpiryLeaves[0]] })),
            Refused("an expiry leaf with another index", CheckNames.Expiries, With(statement, expiring, expiry with { ExpiryLeaves = [expiry.ExpiryLeaves[0] with { Index = 0 }] })),
        ];
    }

    private static int Index(IReadOnlyList<StatementEntryProof> entries, int height) => entries.ToList().FindIndex(entry => entry.Header.Height.Value == (ulong)height);

    private static Statement With(Statement statement, int at, StatementEntryProof entry) =>
        statement with { Entries = [.. statement.Entries.Select((other, i) => i == at ? entry : other)] };

    /// <summary>What the bulk of block 2 did to the account, one operation at a time.</summary>
    private IEnumerable<OperationProof> Singles() => new[] { 0, 3, 4 }.Select(operation => OperationProof.Build(_vectors.Block(BulkAndRefusal), 0, operation));

    private EffectLeafProof Leaf(int height, int index) => EffectLeafProof.Build(new BlockTrees(_vectors.Block(height)), index);
}
