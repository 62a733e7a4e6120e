using System.Collections.Concurrent;
using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;

namespace Actors.Engine;

/// <summary>
/// An embedded node: chains over SQLite in one data folder, no other server. A chain is opened and recovered when it is first asked
/// for; until then it costs its files.
/// </summary>
public sealed class LedgerNode : ILedgerNode, IAsyncDisposable
{
    private readonly ChainHost _host;
    private readonly ConcurrentDictionary<ChainId, Lazy<Task<LedgerChain?>>> _chains = [];
    private volatile bool _stopping;

    private LedgerNode(ChainHost host) => _host = host;

    /// <exception cref="StoreException">The data folder cannot be used.</exception>
    public static LedgerNode Open(LedgerNodeOptions options)
    {
        Directory.CreateDirectory(options.DataFolder);
        var store = new SqliteNodeStore(options.DataFolder);
        return new LedgerNode(new ChainHost(store, id => new SealingKeyFolder(Path.Combine(options.DataFolder, "sealing-keys", id.Value)), options));
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

    public async ValueTask<ILedgerChain?> FindChainAsync(ChainId id, CancellationToken cancellation)
    {
        RequireRunning();
        var opening = _chains.GetOrAdd(id, key => new Lazy<Task<LedgerChain?>>(() => Task.Run(() => _host.OpenChain(key))));
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

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        foreach (var opening in _chains.Values.Where(opening => opening.IsValueCreated))
        {
            if (await Opened(opening).ConfigureAwait(false) is { } chain)
            {
                await chain.DisposeAsync().ConfigureAwait(false);
            }
        }

        _host.Dispose();
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

    private void RequireRunning()
    {
        if (_stopping)
        {
            throw new ChainStoppedException("the node is shutting down");
        }
    }
}
