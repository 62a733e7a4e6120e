using Actors.Engine.Stores;
using Actors.Ledger.Chains;
using Actors.Ledger.State;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Transactions;
using Actors.Simulation.Stores;

namespace Actors.Simulation.Channels;

/// <summary>
/// One run of several chains with channels: each with processes that crash at any call of their store, clocks that disagree, and between them relays
/// and a network that cannot be trusted. After each step everything that was recorded is what naive ledgers say who know the truth about each
/// other, and value is conserved. At the end the faults stop, and nothing may be stuck. All that happens follows from the seed.
/// </summary>
internal sealed partial class ChannelSimulation
{
    private const int TraceMax = 80;
    private const int KeyStorm = 20;
    private readonly Random _random;
    private readonly SimKeys _keys = new();
    private readonly NaiveWorld _naive = new();
    private readonly Queue<string> _trace = new();
    private readonly ChannelWorld _world;
    private readonly ChannelTraffic _traffic;
    private readonly SimNetwork _network;
    private readonly Equivocator _equivocator;
    private readonly Conservation _conservation;

    public ChannelSimulation(int seed)
    {
        _random = new Random(seed);
        _world = new ChannelWorld(_random, name => new ChannelChain(name, _random, _keys, _naive, takesHeadersAlone: name[^1] % 2 == 0));
        _traffic = new ChannelTraffic(_random, _world, _keys);
        _network = new SimNetwork(_random);
        _equivocator = new Equivocator(_random, _keys, _naive);
        _conservation = new Conservation(_world.Links, _world.Ways);
        _world.Chains.ForEach(chain => chain.Clock.OffsetMs = _random.Next(3_000));
    }

    /// <summary>The last steps, newest last, to read after a failure.</summary>
    public string Trace => string.Join(' ', _trace);

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Step();
        }

        Finish();
    }

    private void Step()
    {
        var ms = _random.Next(400) switch { 0 => _random.Next(20_000, 90_000), < 12 => _random.Next(100, 3_000), < 200 => 0, _ => _random.Next(1, 30) };
        _world.Chains.ForEach(chain => chain.Clock.Advance(ms));
        var chain = _world.Chains[_random.Next(_world.Chains.Count)];
        if (chain.Writers.Count == 0)
        {
            Start(chain);
        }

        var writer = chain.Writer;
        chain.Disk.IsFull &= _random.Next(25) > 0;
        try
        {
            Act(chain, writer, _random.Next(1_000));
        }
        catch (CrashException crash)
        {
            Note($"{chain} {crash.Message}");
            chain.Kill(writer);
        }
        catch (BrokenInvariantException) when (writer.IsStale)
        {
            // Another writer's snapshot is current, and this one was given a page of it: it stops, as the loop does. It could not have written.
            Sometimes.Happened("a stale writer met a page of another's snapshot");
            chain.Kill(writer);
        }
        catch (StoreUnavailableException)
        {
            Sometimes.Happened("a relay met an unavailable store");
        }

        LookAround();
    }

    private void Act(ChannelChain chain, SimWriter writer, int dice)
    {
        switch (dice)
        {
            case < 170: Do(chain, "submit", () => _traffic.Submit(chain)); break;
            case < 330: Do(chain, "relay", () => Relay(chain, writer)); break;
            case < 480: Do(chain, "deliver", () => Deliver(chain, writer)); break;
            case < 520: Do(chain, "timeouts", () => RelayTimeouts(chain, writer)); break;
            case < 720: Do(chain, "commit", () => Commit(chain, writer)); break;
            case < 760: Do(chain, "execute", () => Execute(writer)); break;
            case < 770: Do(chain, "expire", writer.ExpireDue); break;
            case < 800: Do(chain, "cut", writer.Cut); break;
            case < 835: Do(chain, "append", writer.Append); break;
            case < 875: Do(chain, "verdict", writer.TakeVerdict); break;
            case < 895: Do(chain, "compute", writer.ComputeCut); break;
            case < 920: Do(chain, "snapshot", writer.WriteSnapshot); break;
            case < 925: Do(chain, "head", writer.NoteHead); break;
            case < 935: Do(chain, "read", () => Read(chain, writer)); break;
            case < 955: Do(chain, "arm", () => Arm(writer.Faults)); break;
            case < 959: Do(chain, "full", () => chain.Disk.IsFull = true); break;
            case < 968: Do(chain, "rival", () => Rival(chain)); break;
            case < 980: Do(chain, "kill", () => throw new CrashException("between two calls")); break;
            case < 986: Do(chain, "relays die", () => _world.Relays.ForEach(relay => relay.Die())); break;
            case < 988: Do(chain, "key storm", () => StormOfKeys(chain, writer)); break;
            case < 992: Do(chain, "deceive", () => Deceive(chain, writer)); break;
            case < 996: Do(chain, "report", () => Report(chain, writer)); break;
            default: Do(chain, "resume", () => Resume(chain, writer)); break;
        }
    }

    private void LookAround()
    {
        var isNew = false;
        _world.Chains.ForEach(chain => isNew |= chain.LookAround());
        if (isNew)
        {
            _conservation.CheckNewest();
            _conservation.CheckEarlier(_random);
        }
    }

    private void Start(ChannelChain chain)
    {
        var faults = new SimFaults();
        if (_random.Next(3) == 0)
        {
            Arm(faults);
        }

        // A restart accepts the time that it finds.
        chain.Clock.OffsetMs = _random.Next(4) == 0 ? _random.Next(3_000) : chain.Clock.OffsetMs;
        Note($"{chain} start");
        chain.Recover(faults);
    }

    private void Arm(SimFaults faults)
    {
        var call = _random.Next(2) == 0 ? StoreCall.Append : (StoreCall)_random.Next(Enum.GetValues<StoreCall>().Length);
        faults.Arm(call, (FaultKind)_random.Next(Enum.GetValues<FaultKind>().Length));
    }

    private void Rival(ChannelChain chain)
    {
        if (chain.Writers.Count < 2)
        {
            Start(chain);
            Sometimes.Happened(chain.Writers.Count == 2, "two writers of a chain with channels");
        }
    }

    private void Execute(SimWriter writer)
    {
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            writer.Execute();
        }
    }

    /// <summary>What a calm machine does between two faults.</summary>
    private void Commit(ChannelChain chain, SimWriter writer)
    {
        Execute(writer);
        chain.LookAround();
        writer.Cut();
        writer.Append();
        if (_random.Next(3) > 0)
        {
            writer.TakeVerdict();
        }
    }

    /// <summary>Every account, pending and number that readers are shown is the naive ledger's at that height.</summary>
    private void Read(ChannelChain chain, SimWriter writer)
    {
        ReadChecks.Status(writer.Core, chain.History);
        for (var i = 0; i < 4; i++)
        {
            ReadChecks.Account(writer.Core, chain.History, (ulong)_random.Next(chain.State.Accounts.Count + 2));
            ReadChecks.Pending(writer.Core, chain.History, (ulong)_random.Next(chain.State.Pendings.Count + 2));
        }
    }

    /// <summary>More changes of key than one update of a light client takes.</summary>
    private void StormOfKeys(ChannelChain chain, SimWriter writer)
    {
        for (var i = 0; i < KeyStorm && !writer.Stopped; i++)
        {
            chain.Sign(writer, TransactionKind.Atomic, new ChangeSealingKey(_keys.All[i % _keys.All.Count]));
            Commit(chain, writer);
            writer.TakeVerdict();
            LookAround();
        }
    }

    private void Do(ChannelChain chain, string name, Action action)
    {
        Note($"{chain.Name[^1]}:{name}");
        action();
    }

    private void Note(string name)
    {
        _trace.Enqueue(name);
        if (_trace.Count > TraceMax)
        {
            _trace.Dequeue();
        }
    }
}
