using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Tests.Rules;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>The core and the naive ledger side by side under one workload; every answer is compared.</summary>
internal sealed class OracleChain
{
    private const ulong ValidityMs = 300_000;
    private const ulong OpenWithoutIssuerMax = 3;
    private const ulong IdsKeptMs = 30_000;
    private const ulong BlocksPerComparison = 10;
    private readonly Dictionary<PublicKey, Key> _keys;
    private readonly int _seed;
    private readonly List<(Submission Submission, NaiveResult Expected)> _recorded = [];
    private List<ulong> _expired = [];

    public OracleChain(int seed, int keys = 8, bool signs = false)
    {
        _seed = seed;
        Signs = signs;
        var pool = Enumerable.Range(0, keys).Select(i => Names.Key($"pool{i}")).ToList();
        _keys = pool.ToDictionary(key => key.Public);
        var settings = new GenesisSettings(ChainId.Parse("oracle"), new Timestamp(1_000_000), pool[0].Keyset, pool[0].Public) { LeafRecords = 1 << (seed % 7), OpenWithoutIssuerMax = OpenWithoutIssuerMax };
        Genesis = Genesis.Create(settings);
        State = ChainState.Create(Genesis, new NoPages());
        Naive = new NaiveLedger(pool[0].Keyset, ValidityMs, OpenWithoutIssuerMax);
        Workload = new Workload(seed, Genesis.Hash, Naive, [.. pool.Select(key => key.Public)]);
        SealingKey = pool[0];
    }

    public Genesis Genesis { get; }

    public ChainState State { get; }

    public NaiveLedger Naive { get; }

    public Workload Workload { get; }

    public Key SealingKey { get; }

    /// <summary>What the naive ledger, and so the core, said last.</summary>
    public NaiveResult Last { get; private set; } = new(false, Outcome.Committed, 0, []);

    /// <summary>The block that ended last.</summary>
    public BlockDraft? LastDraft { get; private set; }

    /// <summary>Whether signatures are real.</summary>
    public bool Signs { get; }

    public int OperationCount { get; private set; }

    /// <summary>How often each outcome was given.</summary>
    public Dictionary<Outcome, int> Outcomes { get; } = [];

    public BlockExecution Begin(ulong timeMs)
    {
        _expired = Naive.BeginBlock(timeMs);
        _recorded.Clear();
        return new BlockExecution(State, timeMs);
    }

    public void Execute(BlockExecution block, Submission submission)
    {
        var expected = Naive.Execute(submission.Transaction, submission.Signers);
        var found = block.Execute(submission.Transaction, Sign(submission));
        if (expected.Outcome == Outcome.AlreadyCommitted && submission.Transaction.Expiry.Ms + IdsKeptMs <= block.TimeMs)
        {
            // Only that long past its expiry does the state know an id; the engine looks further back.
            Assert.True(found.Outcome is Outcome.AlreadyCommitted or Outcome.Expired, $"seed {_seed}, block {block.Height}: found {found}");
            return;
        }

        Assert.True(
            (expected.Recorded, expected.Outcome) == (found.IsRecorded, found.Outcome) && (found.IsRecorded || expected.Operation == found.Operation),
            $"seed {_seed}, block {block.Height}: expected {expected}, found {found}");
        Last = expected;
        Count(expected);
        if (expected.Recorded)
        {
            _recorded.Add((submission, expected));
            OperationCount += submission.Transaction.OperationCount;
        }
    }

    public Signer[] Sign(Submission submission) => [.. submission.Signers.Select(key =>
        new Signer(key, Signs ? _keys[key].Sign(submission.Transaction.SignedMessage.Span) : default))];

    /// <summary>Ends the block and compares what it records, operation by operation, and every account.</summary>
    public byte[] End(BlockExecution execution, StateRootChoice choice)
    {
        var draft = execution.Finish(choice);
        LastDraft = draft;
        var bytes = draft.Encode(Signs ? SealingKey.Sign(draft.EncodedHeader) : default);
        var block = Block.Parse(bytes);
        Assert.Equal(_expired, block.EffectLeaves.Skip(block.Transactions.Count).Take((int)block.Header.ExpiryLeafCount)
            .SelectMany(leaf => EffectLeaf.ReadExpiries(leaf.Span)).Select(settlement => settlement.Pending.Value));
        for (var i = 0; i < _recorded.Count; i++)
        {
            Compare(block.Effect(i), _recorded[i].Expected, block.Header.Height);
        }

        if (block.Header.Height.Value % BlocksPerComparison == 0)
        {
            Compare();
        }

        return bytes;
    }

    private void Compare(TransactionEffect found, NaiveResult expected, Height height)
    {
        Assert.Equal((height, expected.Outcome, expected.Operation), (height, found.Outcome, found.FailedOperation));
        for (var i = 0; i < expected.Operations.Count; i++)
        {
            var outcome = found.Operations.FirstOrDefault(entry => entry.Operation == i).Outcome;
            Assert.True(expected.Operations[i] == outcome, $"seed {_seed}, block {height}, operation {i}: expected {expected.Operations[i]}, found {outcome}");
        }
    }

    private void Compare()
    {
        Assert.Equal((Naive.State.Keysets.Count, Naive.State.Assets.Count, Naive.State.Accounts.Count, Naive.State.Pendings.Count, Naive.State.Aliases.Count),
            ((int)State.Keysets.Count, (int)State.Assets.Count, (int)State.Accounts.Count, (int)State.Pendings.Count, (int)State.Aliases.Count));
        Assert.Equal((Naive.State.Peers.Count, Naive.State.Channels.Count, Naive.State.Routes.Count),
            ((int)State.Peers.Count, (int)State.Channels.Count, (int)State.Routes.Count));
        foreach (var (number, expected) in Naive.State.Accounts)
        {
            State.Accounts.TryRead(number, out var found);
            Assert.Equal((number, expected.Posted, expected.Out, expected.In), (number, found.Posted, found.PendingOut, found.PendingIn));
        }

        foreach (var sum in Naive.State.Accounts.Values.GroupBy(account => account.Asset).Select(accounts => accounts.Aggregate((Int128)0, (total, account) => total + account.Posted)))
        {
            Assert.Equal(Int128.Zero, sum);
        }
    }

    private void Count(NaiveResult result)
    {
        foreach (var outcome in result.Operations.Append(result.Outcome))
        {
            Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        }
    }
}
