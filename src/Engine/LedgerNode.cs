using System.Collections.Concurrent;
using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Intake;
using Actors.Engine.Relays;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.State;

namespace Actors.Engine;

/// <summary>
/// An embedded node: chains over SQLite in one data folder with no other server, or over PostgreSQL. A chain is opened and recovered when
/// it is first asked for; until then it costs its files or rows.
/// </summary>
public sealed class LedgerNode : ILedgerNode, IAsyncDisposable
{
    private readonly LedgerNodeOptions _options;
    private readonly INodeStore _store;
    private readonly VerifyPool _verifiers;
    private readonly DueQueue _due;
    private readonly NodeRelays _relays;
    private readonly ConcurrentDictionary<ChainId, Lazy<Task<LedgerChain?>>> _chains = [];
    private readonly Lock _creating = new();
    private volatile bool _stopping;

    private LedgerNode(LedgerNodeOptions options, INodeStore store)
    {
        _options = options;
        _store = store;
        _verifiers = new VerifyPool(options.VerifyWorkersMax, options.KeyCacheMax);
        _due = new DueQueue(options.Clock);
        _relays = new NodeRelays(this, options.Clock);
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
            return new LedgerNode(options, new SqliteNodeStore(options.DataFolder));
        }

        var store = PostgresNodeStore.Open(options.Store, Path.Combine(options.DataFolder, "heads"));
        return new LedgerNode(options, store) { Notices = store.Notices };
    }

    public ValueTask<IReadOnlyList<ChainId>> ListChainsAsync(ChainId? after, int countMax, CancellationToken cancellation)
    {
        var ids = EngineFaults.Translate(_store.ListChains)
            .Where(id => after is null || string.CompareOrdinal(id, after.Value.Value) > 0)
            .Take(countMax)
            .Select(ChainId.Parse);
        return ValueTask.FromResult<IReadOnlyList<ChainId>>([.. ids]);
    }

    public async ValueTask<ILedgerChain> CreateChainAsync(ChainCreation creation, CancellationToken cancellation)
    {
        RequireRunning();
        await Task.Run(() => Create(creation), cancellation).ConfigureAwait(false);
        _chains.TryRemove(creation.ChainId, out _);
        return (await FindChainAsync(creation.ChainId, cancellation).ConfigureAwait(false))!;
    }

    public async ValueTask<ILedgerChain?> FindChainAsync(ChainId id, CancellationToken cancellation)
    {
        RequireRunning();
        var opening = _chains.GetOrAdd(id, key => new Lazy<Task<LedgerChain?>>(() => Task.Run(() => OpenChain(key))));
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
        _due.Dispose();
        foreach (var opening in _chains.Values.Where(opening => opening.IsValueCreated))
        {
            if (await Opened(opening).ConfigureAwait(false) is { } chain)
            {
                await chain.DisposeAsync().ConfigureAwait(false);
            }
        }

        _store.Dispose();
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

    private void Create(ChainCreation creation)
    {
        if (_store.ListChains().Contains(creation.ChainId.Value))
        {
            throw new ChainExistsException(creation.ChainId.Value);
        }

        var settings = new GenesisSettings(creation.ChainId, new Timestamp(_options.Clock.UnixMs), creation.Operator, SealingKey: default)
        {
            LeafRecords = creation.LeafRecords,
            BlockOperationsMax = creation.BlockOperationsMax,
            BlockBytesMax = creation.BlockBytesMax,
            ValidityMs = creation.ValidityMs,
            OpenWithoutIssuerMax = creation.OpenWithoutIssuerMax,
        };
        settings.Check();
        lock (_creating)
        {
            var key = FirstKey(creation.ChainId).Take();
            _store.CreateChain(creation.ChainId.Value, Genesis.Create(settings with { SealingKey = key }).Encoded).Dispose();
        }
    }

    private LedgerChain? OpenChain(ChainId id)
    {
        IChainStore? store = null;
        try
        {
            store = _store.OpenChain(id.Value);
            var genesis = StoredGenesis.Parse(store);
            RequireSameId(genesis, id);
            SqliteFaults.Files(KeysFolder, () => FirstKey(id).Claim(genesis.Settings.SealingKey));
            var recovered = ChainRecovery.Recover(genesis, store);
            return new LedgerChain(recovered, store, new SealingKeyFolder(KeyFolder(id)), _options.Clock, _verifiers, _options.Chain, _due.Schedule, _relays.Moved, _relays.TimedOut);
        }
        catch (ChainNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is StoreException or BrokenInvariantException)
        {
            store?.Dispose();
            throw EngineFaults.Translate(fault);
        }
    }

    private string KeysFolder => Path.Combine(_options.DataFolder, "sealing-keys");

    private string KeyFolder(ChainId id) => Path.Combine(KeysFolder, id.Value);

    private FirstSealingKey FirstKey(ChainId id) => new(KeysFolder, id);

    /// <summary>A copy that is being made is stored under another id than its own until it is complete, so that nobody goes on from a part of a chain.</summary>
    private static void RequireSameId(Genesis genesis, ChainId id)
    {
        if (genesis.ChainId != id)
        {
            throw new StoreCorruptException($"expected the genesis of chain {id}, found that of {genesis.ChainId}: an unfinished copy, or a chain under a wrong name");
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
