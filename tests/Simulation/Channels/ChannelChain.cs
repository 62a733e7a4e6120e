using Actors.Engine.Chains;
using Actors.Engine.Reads;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Transactions;
using Actors.Simulation.Stores;
using static Actors.Simulation.SimException;
using Submission = Actors.Engine.Intake.Submission;

namespace Actors.Simulation.Channels;

/// <summary>One chain of a world of chains: its disk, its processes, its clients and its clock. The operator's keyset owns everything on it.</summary>
internal sealed class ChannelChain
{
    private const int SettleRoundsMax = 200;
    private const ulong ValidityMs = 60_000;
    private readonly Random _random;
    private readonly SimPlace _place = new();
    private readonly SimKeys _keys;
    private readonly ChainOptions _options;
    private ulong _serial;

    /// <param name="name">The chain's name.</param>
    /// <param name="random">Draws its settings.</param>
    /// <param name="keys">Keys of all.</param>
    /// <param name="world">The truth, which its own is added to.</param>
    /// <param name="takesHeadersAlone">Its node makes blocks of headers alone, busy or not: what anybody shows is then met more often.</param>
    public ChannelChain(string name, Random random, SimKeys keys, NaiveWorld world, bool takesHeadersAlone = true)
    {
        (Name, _random, _keys) = (name, random, keys);
        var settings = new GenesisSettings(ChainId.Parse(name), new Timestamp(Clock.UnixMs), KeysetDefinition.Single(keys.All[0]), keys.All[0])
        {
            LeafRecords = 1 << random.Next(7),
            ValidityMs = Limits.ValidityMsMax,
        };
        Genesis = Genesis.Create(settings);
        Disk = _place.Create(name, Genesis.Encoded).Disk;
        var sent = new Dictionary<TransactionId, SentTransaction>();
        Clients = new SimClients(sent);
        History = new SimHistory(Genesis, Disk, sent, world);
        History.Restart();
        _options = new ChainOptions
        {
            PageCacheBytesMax = random.Next(3) * 40_000,
            SnapshotLogBytes = random.Next(2) == 0 ? 4_000 : 40_000,
            OwnRootPagesMax = random.Next(3) * 8,
            StateLagMs = random.Next(2) * 20,
            HeadersAloneAdvanceMs = takesHeadersAlone ? 0 : new ChainOptions().HeadersAloneAdvanceMs,
        };
    }

    public string Name { get; }

    public Genesis Genesis { get; }

    public SimClock Clock { get; } = new();

    public SimDisk Disk { get; }

    public SimClients Clients { get; }

    public SimHistory History { get; }

    public List<SimWriter> Writers { get; } = [];

    /// <summary>As of the newest block on the disk, by the naive ledger.</summary>
    public NaiveState State => History.Ledger.State;

    public SimWriter Writer => Writers[_random.Next(Writers.Count)];

    public PublicKey OperatorKey => _keys.All[0];

    /// <summary>The operator signs these operations and gives them to a process.</summary>
    public SentTransaction Sign(SimWriter writer, TransactionKind kind, params IReadOnlyList<IOperation> operations)
    {
        var expiry = new Timestamp(Clock.UnixMs + ValidityMs + (_serial++ % 1_000));
        var transaction = Transaction.Create(Genesis.Hash, expiry, kind, operations.Count, OperationCodec.Encode(operations));
        var signed = _keys.Sign(transaction, [OperatorKey]);
        var sent = Clients.Remember(transaction, signed);
        writer.Submit(Envelope.Encode(Genesis.Hash, transaction, signed), sent);
        return sent;
    }

    /// <summary>Bytes that came over the network; what they are is for the process to find out.</summary>
    public Submission Deliver(SimWriter writer, byte[] envelope)
    {
        SentTransaction? sent = null;
        try
        {
            var parsed = Envelope.Parse(envelope, Genesis.Hash);
            sent = Clients.Remember(parsed.Transaction, [.. parsed.Signers]);
        }
        catch (Ledger.Wire.MalformedException)
        {
            Sometimes.Happened("the network brought what is no envelope of the chain");
        }

        return writer.Submit(envelope, sent);
    }

    /// <summary>Operations of the operator, committed before this returns. Only while nothing goes wrong.</summary>
    public void Do(params IReadOnlyList<IOperation> operations)
    {
        var sent = Sign(Writers[0], TransactionKind.Atomic, operations);
        Settle();
        Require(sent.Acknowledged?.Effect.Outcome == Outcome.Committed, () => $"{Name} did not do {string.Join(", ", operations)}: {sent.Acknowledged?.Effect}");
    }

    /// <summary>Everything that waits is done, in the order in which a calm machine does it.</summary>
    public void Settle()
    {
        var writer = Writers[0];
        for (var i = 0; i < SettleRoundsMax && (writer.Waiting.Count > 0 || writer.Core.InFlight is not null || writer.Core.WantsCut); i++)
        {
            writer.Execute();
            writer.ExpireDue();
            writer.ComputeCut();
            writer.Cut();
            writer.Append();
            writer.TakeVerdict();
            LookAround();
        }
    }

    /// <summary>An empty block, if nothing else makes one. Only while nothing goes wrong.</summary>
    public void Seal()
    {
        Writers[0].Core.Request(new ProofRequest(new AccountNumber(1)));
        Settle();
    }

    /// <summary>What reached the disk and what clients were told; true when there is a new block.</summary>
    public bool LookAround()
    {
        var before = History.Height;
        History.CatchUp();
        foreach (var writer in Writers.ToList())
        {
            writer.Hear(Clients, History);
            if (writer.Stopped)
            {
                Writers.Remove(writer);
            }
        }

        return History.Height > before;
    }

    public void Kill(SimWriter writer)
    {
        writer.Hear(Clients, History);
        Writers.Remove(writer);
    }

    /// <summary>Starts a process, again and again if it dies on the way, and requires that all it was trusted with is there.</summary>
    public void Recover(SimFaults faults)
    {
        while (true)
        {
            try
            {
                Writers.Add(new SimWriter(Genesis, _place.Open(Name, faults), faults, _keys, Clock, _options));
                break;
            }
            catch (Exception fault) when (fault is CrashException or StoreUnavailableException or OutcomeUnknownException or StoreFullException)
            {
                Sometimes.Happened("a start failed and was tried again");
            }
        }

        History.CatchUp();
        Clients.ForgetExpiries(Clock.UnixMs);
        Require(Writers[^1].Core.Committed.Height == History.Height, () => $"{Name} recovered to {Writers[^1].Core.Committed.Height}, the disk has {History.Height}");
        foreach (var transaction in Clients.Acknowledged)
        {
            var (found, told) = (History.PlaceOf(transaction.Transaction.Id), transaction.Acknowledged!.Place);
            Require(found == told, () => $"{Name} acknowledged at {told}, after recovery at {found}");
        }
    }

    public SimChainStore OpenStore() => _place.Open(Name);

    public override string ToString() => Name;
}
