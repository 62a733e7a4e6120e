using Actors.Engine.Chains;
using Actors.Engine.Clocks;
using Actors.Engine.Intake;
using Actors.Engine.Sealing;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Chains;

/// <summary>A running chain, threads and all, over a simulated store whose calls a test can watch, hold up and make fail.</summary>
internal sealed class SimHost : IAsyncDisposable
{
    private const string ChainName = "main";
    private readonly TestKey _operator = new();
    private readonly SealingKeyFolder _keys = new(Directory.CreateTempSubdirectory("actors-keys-").FullName);
    private readonly SimPlace _place = new();
    private readonly DueQueue _due;
    private readonly Genesis _genesis;
    private LedgerChain? _chain;

    public SimHost(ChainOptions? options = null, IChainClock? clock = null)
    {
        Options = options ?? new ChainOptions();
        Clock = clock ?? SystemClock.Instance;
        _due = new DueQueue(Clock);
        _genesis = Genesis.Create(new GenesisSettings(Ledger.ChainId.Parse(ChainName), new Timestamp(Clock.UnixMs), _operator.Keyset, _keys.Create()));
        Disk = _place.Create(ChainName, _genesis.Encoded).Disk;
    }

    public ChainOptions Options { get; }

    public IChainClock Clock { get; }

    public SimDisk Disk { get; }

    public ScriptedFaults Faults { get; } = new();

    /// <summary>Recovers the chain and runs it.</summary>
    public TestBook Start()
    {
        var store = _place.Open(ChainName, Faults);
        _chain = new LedgerChain(ChainRecovery.Recover(_genesis, store), store, _keys, Clock, new VerifyPool(4, 100), Options, _due.Schedule);
        return new TestBook(_chain, _operator, Clock);
    }

    /// <summary>The chain's writer alone, without threads.</summary>
    public ChainCore Recover() =>
        new(ChainRecovery.Recover(_genesis, _place.Open(ChainName, Faults)), _keys, new ClockGuard(Clock), Options);

    public async Task StopAsync()
    {
        if (_chain is { } chain)
        {
            _chain = null;
            await chain.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Faults.Release();
        await StopAsync();
        _due.Dispose();
        _keys.Dispose();
    }
}
