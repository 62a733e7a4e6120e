using System.Diagnostics;
using Actors.Cli.Relays;
using Actors.Engine;

namespace Actors.Cli.Bench.Channels;

/// <summary>What takes the load of a run over channels: both sides of its pairs, and whatever carries between them.</summary>
internal interface IChannelsPlace : IAsyncDisposable
{
    IPairNode Home { get; }

    IPairNode Away { get; }

    /// <summary>Of everything that is part of the run, the load generator included.</summary>
    TimeSpan ProcessorTime { get; }

    long PeakMemoryBytes { get; }

    /// <summary>Stops it, and opens what it leaves for reading: the home chains' node and the away chains'.</summary>
    Task<(LedgerNode Home, LedgerNode Away)> ReopenAsync();
}

/// <summary>One engine in this process, with its own relay.</summary>
internal sealed class LocalChannelsPlace : IChannelsPlace
{
    private readonly LedgerNodeOptions _options;
    private readonly LedgerNode _node;
    private bool _isStopped;

    public LocalChannelsPlace(string folder, string? store)
    {
        _options = new LedgerNodeOptions { DataFolder = folder, Store = store };
        _node = LedgerNode.Open(_options);
        Home = Away = new LocalPairNode(_node);
    }

    public IPairNode Home { get; }

    public IPairNode Away { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }

    public long PeakMemoryBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    public async Task<(LedgerNode Home, LedgerNode Away)> ReopenAsync()
    {
        await DisposeAsync();
        var node = LedgerNode.Open(_options);
        return (node, node);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _node.DisposeAsync();
        }
    }
}

/// <summary>Two gateways in processes of their own, joined over HTTP by what <c>actors relay</c> runs, in this process.</summary>
internal sealed class RelayedChannelsPlace : IChannelsPlace
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly string _folder;
    private readonly GatewayProcess[] _gateways;
    private readonly HttpPairNode[] _nodes;
    private readonly RelayNode[] _relayed;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _relay;
    private bool _isStopped;

    private RelayedChannelsPlace(string folder, GatewayProcess[] gateways, Action<string> say)
    {
        _folder = folder;
        _gateways = gateways;
        _nodes = [.. gateways.Select(gateway => new HttpPairNode(gateway))];
        _relayed = [.. gateways.Select(gateway => new RelayNode(gateway.Address, gateway.AdminToken))];
        var relay = new NodeRelay(new RelayDiscovery(_relayed[0], _relayed[1], new RelaySelection([], [], [])), new RelayTelling(say)) { LookEvery = LookEvery, TellEvery = Timeout.InfiniteTimeSpan };
        _relay = Task.Run(() => relay.FollowAsync(_stop.Token));
    }

    public IPairNode Home => _nodes[0];

    public IPairNode Away => _nodes[1];

    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return _gateways.Aggregate(process.TotalProcessorTime, (sum, gateway) => sum + gateway.ProcessorTime);
        }
    }

    public long PeakMemoryBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 + _gateways.Sum(gateway => gateway.PeakMemoryBytes);
        }
    }

    public static async Task<RelayedChannelsPlace> StartAsync(string folder, Action<string> say, CancellationToken cancellation)
    {
        var home = await GatewayProcess.StartAsync(HomeOf(folder), cancellation);
        return new RelayedChannelsPlace(folder, [home, await GatewayProcess.StartAsync(AwayOf(folder), cancellation)], say);
    }

    public async Task<(LedgerNode Home, LedgerNode Away)> ReopenAsync()
    {
        await DisposeAsync();
        return (LedgerNode.Open(new LedgerNodeOptions { DataFolder = HomeOf(_folder) }), LedgerNode.Open(new LedgerNodeOptions { DataFolder = AwayOf(_folder) }));
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        await _stop.CancelAsync();
        await _relay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var disposable in _nodes.Concat<IDisposable>(_relayed))
        {
            disposable.Dispose();
        }

        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }
    }

    private static string HomeOf(string folder) => Path.Combine(folder, "home");

    private static string AwayOf(string folder) => Path.Combine(folder, "away");
}
