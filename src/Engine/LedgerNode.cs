using System.Collections.Concurrent;
using Actors.Engine.Chains;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.Relays;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;

namespace Actors.Engine;

/// <summary>
/// An embedded node: chains over SQLite in one data folder with no other server, or over PostgreSQL. A chain is opened and recovered when
/// it is first asked for or has something due; until then it costs its files or rows.
/// </summary>
public sealed class LedgerNode : ILedgerNode, IAsyncDisposable
{
    private readonly ChainHost _host;
    private readonly SealingKeyFolders _keys;
    private readonly NodeRelays _relays;
    private readonly DueWaker _waker;
    private readonly ConcurrentDictionary<ChainId, Lazy<Task<LedgerChain?>>> _chains = [];
    private volatile bool _stopping;

    private LedgerNode(INodeStore store, LedgerNodeOptions options)
    {
        _keys = SealingKeyFolders.In(options.DataFolder);
        _host = new ChainHost(store, _keys, options);
        _relays = new NodeRelays(FindOpenAsync, options.Clock);
        _waker = new DueWaker(_host, (due, cancellation) => WakeAsync(due, options.Clock, cancellation), options);
    }

    /// <summary>What whoever runs the node should know about what its store can lose; a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; private init; } = [];

    /// <exception cref="StoreException">The data folder or the database cannot be used; the message says what to do.</exception>
    public static LedgerNode Open(LedgerNodeOptions options)
    {
        Directory.CreateDirectory(options.DataFolder);
        BackupsFolder.RemoveLeftovers(options.DataFolder);
        if (options.Store is null)
        {
            return new LedgerNode(new SqliteNodeStore(options.DataFolder), options);
        }

        var store = PostgresNodeStore.Open(options.Store, Path.Combine(options.DataFolder, "heads"));
        return new LedgerNode(store, options) { Notices = store.Notices };
    }

    public ValueTask<IReadOnlyList<ChainId>> ListChainsAsync(ChainId? after, int countMax, CancellationToken cancellation) =>
        ValueTask.FromResult(_host.List(after, countMax));

    public async ValueTask<ILedgerChain> CreateChainAsync(ChainCreation creation, CancellationToken cancellation)
    {
        RequireRunning();
        await Task.Run(() => _host.Create(creation), cancellation).ConfigureAwait(false);
        _chains.TryRemove(creation.ChainId, out _);
        return (await FindChainAsync(creation.ChainId, cancellation).ConfigureAwait(false))!;
    }

    public async ValueTask<ILedgerChain?> FindChainAsync(ChainId id, CancellationToken cancellation) =>
        await FindOpenAsync(id, cancellation).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        await _waker.DisposeAsync().ConfigureAwait(false);
        foreach (var opening in _chains.Values.Where(opening => opening.IsValueCreated))
        {
            if (await Opened(opening).ConfigureAwait(false) is { } chain)
            {
                await chain.DisposeAsync().ConfigureAwait(false);
            }
        }

        _host.Dispose();
    }

    private async Task<LedgerChain?> FindOpenAsync(ChainId id, CancellationToken cancellation)
    {
        RequireRunning();
        var opening = _chains.GetOrAdd(id, key => new Lazy<Task<LedgerChain?>>(() => Task.Run(() => _host.OpenChain(key, _relays.Moved, _relays.TimedOut))));
        LedgerChain? chain;
        try
        {
            chain = await opening.Value.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (EngineFaultException)
        {
            _chains.TryRemove(new KeyValuePair<ChainId, Lazy<Task<LedgerChain?>>>(id, opening));
            throw;
        }

        if (chain is null)
        {
            _chains.TryRemove(new KeyValuePair<ChainId, Lazy<Task<LedgerChain?>>>(id, opening));
        }

        return chain;
    }

    private static async Task<LedgerChain?> Opened(Lazy<Task<LedgerChain?>> opening)
    {
        try
        {
            return await opening.Value.ConfigureAwait(false);
        }
        catch (EngineFaultException)
        {
            return null;
        }
    }

    /// <summary>
    /// Opens the chain, if it is this node's to write: nodes that share a database each wake those whose sealing keys they hold, and take none from another one. A
    /// chain that is open knows by itself what is due later.
    /// </summary>
    private async Task WakeAsync(DueChain due, IChainClock clock, CancellationToken cancellation)
    {
        var id = ChainId.Parse(due.ChainId);
        if ((due.DueMs > clock.UnixMs && IsOpen(id)) || !EngineFaults.Translate(() => _keys.HoldsAny(id)) || await FindOpenAsync(id, cancellation).ConfigureAwait(false) is not { } chain)
        {
            return;
        }

        await chain.WakeAsync(cancellation).ConfigureAwait(false);
    }

    private bool IsOpen(ChainId id) => _chains.TryGetValue(id, out var opening) && opening is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

    private void RequireRunning()
    {
        if (_stopping)
        {
            throw new ChainStoppedException("the node is shutting down");
        }
    }
}
