using Actors.Engine.Chains;
using Actors.Engine.Reads;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;
using Actors.Simulation.Stores;

namespace Actors.Simulation;

/// <summary>
/// One run over one disk: random steps of one or two writers, faults at their store, crashes, and after each step the question whether
/// everything still is as the clients were told. All that happens follows from the seed.
/// </summary>
internal sealed partial class Simulation
{
    private const string ChainName = "sim";
    private readonly Random _random;
    private readonly SimClock _clock = new();
    private readonly SimKeys _keys = new();
    private readonly SimPlace _place = new();
    private readonly SimDisk _disk;
    private readonly Genesis _genesis;
    private readonly SimClients _clients;
    private readonly SimHistory _history;
    private readonly Traffic _traffic;
    private readonly ChainOptions _options;
    private readonly List<SimWriter> _writers = [];
    private readonly List<(SimWriter Writer, ProofRequest Request, ulong AskedAt)> _proofs = [];
    private readonly Queue<string> _trace = new();

    public Simulation(int seed)
    {
        _random = new Random(seed);
        var settings = new GenesisSettings(Ledger.ChainId.Parse(ChainName), new Timestamp(_clock.UnixMs), KeysetDefinition.Single(_keys.All[0]), _keys.All[0])
        {
            LeafRecords = 1 << _random.Next(7),
            ValidityMs = Limits.ValidityMsMax,
            OpenWithoutIssuerMax = Limits.AccountsPerOpenMax,
        };
        _genesis = Genesis.Create(settings);
        _disk = _place.Create(ChainName, _genesis.Encoded).Disk;
        var sent = new Dictionary<TransactionId, SentTransaction>();
        _clients = new SimClients(sent);
        _history = new SimHistory(_genesis, _disk, sent);
        _history.Restart();
        _traffic = new Traffic(_random, _genesis, _keys, _clients, _history);
        _options = new ChainOptions
        {
            PageCacheBytesMax = Pick(0, 40_000, 1_000_000),
            SnapshotLogBytes = Pick(3_000, 20_000, 100_000),
            OwnRootPagesMax = (int)Pick(0, 3, 16),
            StateLagMs = Pick(0, 20, 400),
        };
    }

    /// <summary>The last steps, newest last, to read after a failure.</summary>
    public string Trace => string.Join(' ', _trace);

    public void Run(int steps)
    {
        Recover();
        Found();
        for (var i = 0; i < steps; i++)
        {
            Step();
        }

        Finish();
    }

    private SimWriter Writer => _writers[_random.Next(_writers.Count)];

    private void Step()
    {
        if (_writers.Count == 0)
        {
            Recover();
        }

        _clock.Advance(_random.Next(400) switch { 0 => _random.Next(40_000, 130_000), < 12 => _random.Next(100, 3_000), < 240 => 0, _ => 1 });
        _disk.IsFull &= _random.Next(25) > 0;
        _clock.OffsetMs = _random.Next(40) > 0 ? _clock.OffsetMs : 0;
        var writer = Writer;
        try
        {
            Act(writer, _random.Next(1_000));
        }
        catch (CrashException crash)
        {
            Note(crash.Message);
            Kill(writer);
        }
        catch (BrokenInvariantException) when (writer.IsStale)
        {
            // Another writer's snapshot is current, and this one was given a page of it: it stops, as the loop does. It could not have written.
            Sometimes.Happened("a stale writer met a page of another's snapshot");
            Kill(writer);
        }
        catch (StoreUnavailableException) when (_trace.Last() is "read" or "receipt" or "statement" or "lookup")
        {
            Sometimes.Happened("a read met an unavailable store");
        }

        LookAround();
    }

    private void Act(SimWriter writer, int dice)
    {
        switch (dice)
        {
            case < 220: Do("submit", () => Submit(writer)); break;
            case < 430: Do("commit", () => Commit(writer)); break;
            case < 500: Do("execute", () => Execute(writer)); break;
            case < 530: Do("expire", writer.ExpireDue); break;
            case < 640: Do("cut", writer.Cut); break;
            case < 740: Do("append", writer.Append); break;
            case < 840: Do("verdict", writer.TakeVerdict); break;
            case < 880: Do("compute", writer.ComputeCut); break;
            case < 915: Do("snapshot", () => Snapshot(writer)); break;
            case < 925: Do("head", writer.NoteHead); break;
            case < 950: Do("read", () => Read(writer)); break;
            case < 958: Do("prove", () => Prove(writer)); break;
            case < 962: Do("receipt", () => CheckReceipt(writer)); break;
            case < 964: Do("statement", () => CheckStatement(writer)); break;
            case < 967: Do("confirm", () => writer.Confirm()); break;
            case < 972: Do("lookup", () => LookUp(writer)); break;
            case < 985: Do("arm", () => Arm(writer.Faults)); break;
            case < 988: Do("full", () => _disk.IsFull = true); break;
            case < 992: Do("clock", SetClock); break;
            case < 995: Do("rival", Rival); break;
            case < 998: Do("kill", () => throw new CrashException("between two calls")); break;
            default: Do("power", LosePower); break;
        }
    }

    /// <summary>After every step: what reached the disk, what clients were told, what proofs came.</summary>
    private void LookAround()
    {
        _history.CatchUp();
        foreach (var writer in _writers.ToList())
        {
            writer.Hear(_clients, _history);
            if (writer.Stopped)
            {
                _writers.Remove(writer);
            }
        }

        foreach (var (_, request, askedAt) in _proofs.Where(proof => proof.Request.Answer.IsCompletedSuccessfully).ToList())
        {
            ProofChecks.Account(request.Answer.Result, request.Account.Value, askedAt, _history);
        }

        _proofs.RemoveAll(proof => proof.Request.Answer.IsCompleted);
    }

    private void Do(string name, Action action)
    {
        Note(name);
        action();
    }

    private void Note(string name)
    {
        _trace.Enqueue(name);
        if (_trace.Count > 80)
        {
            _trace.Dequeue();
        }
    }

    private long Pick(params ReadOnlySpan<long> choices) => choices[_random.Next(choices.Length)];
}
