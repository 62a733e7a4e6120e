using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Intake;
using Actors.Engine.Relays;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.State;

namespace Actors.Engine;

/// <summary>
/// What the chains of one process share: the store, the threads that check signatures, the queue of what is due. Each chain is
/// opened by whoever holds it, and each opening takes the chain's fence from the one before.
/// </summary>
public sealed class ChainHost : IDisposable
{
    private readonly INodeStore _store;
    private readonly ISealingKeyring _keys;
    private readonly Lock _creating = new();
    private readonly LedgerNodeOptions _options;
    private readonly VerifyPool _verifiers;
    private readonly DueQueue _due;

    /// <summary>Takes over <paramref name="store"/>.</summary>
    public ChainHost(INodeStore store, ISealingKeyring keys, LedgerNodeOptions options)
    {
        _store = store;
        _keys = keys;
        _options = options;
        _verifiers = new VerifyPool(options.VerifyWorkersMax, options.KeyCacheMax);
        _due = new DueQueue(options.Clock);
    }

    /// <summary>Ids of chains after <paramref name="after"/>, at most <paramref name="countMax"/>, in ordinal order.</summary>
    /// <exception cref="EngineFaultException">The store does not answer.</exception>
    public IReadOnlyList<ChainId> List(ChainId? after, int countMax)
    {
        var ids = EngineFaults.Translate(_store.ListChains)
            .Where(id => after is null || string.CompareOrdinal(id, after.Value.Value) > 0)
            .Take(countMax)
            .Select(ChainId.Parse);
        return [.. ids];
    }

    /// <summary>Creates a chain with a new sealing key. Durable on return: genesis, key and empty log.</summary>
    /// <exception cref="ChainExistsException">There is one with this id.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public Genesis Create(ChainCreation creation)
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
            var genesis = Genesis.Create(settings with { SealingKey = _keys.TakeFirst(creation.ChainId) });
            _store.CreateChain(creation.ChainId.Value, genesis.Encoded).Dispose();
            return genesis;
        }
    }

    /// <summary>
    /// Becomes the writer of the chain and recovers it: every older writer, here or elsewhere, is refused from now on. Null when there
    /// is no chain with this id. Blocks while it replays.
    /// </summary>
    /// <param name="id">Which chain.</param>
    /// <param name="channels">Hears of its channels, from before this returns on.</param>
    /// <exception cref="EngineFaultException">The store failed, or what is in it does not come out as it says.</exception>
    public IHostedChain? Open(ChainId id, IChannelListener? channels = null) => channels is null
        ? OpenChain(id)
        : OpenChain(id, (_, channel) => channels.Moved(channel), (_, channel) => channels.TimedOut(channel), (_, channel) => channels.Unsettled(channel));

    /// <summary>The store keeps when each chain is to be woken.</summary>
    public bool KeepsDue => _store is IDueStore;

    /// <summary>
    /// Chains that are due now, or will be within <paramref name="ahead"/>. See <see cref="IDueStore.ListDue"/>; nothing where the store keeps no such thing.
    /// </summary>
    /// <exception cref="EngineFaultException">The store does not answer.</exception>
    public IReadOnlyList<DueChain> ListDue(DueChain? after, int countMax, TimeSpan ahead = default) =>
        _store is IDueStore store ? EngineFaults.Translate(() => store.ListDue(_options.Clock.UnixMs + (ulong)ahead.TotalMilliseconds, after, countMax)) : [];

    public void Dispose()
    {
        _due.Dispose();
        _store.Dispose();
    }

    /// <param name="id">Which chain.</param>
    /// <param name="moved">Hears of every channel that a commit moved.</param>
    /// <param name="timedOut">Hears of every channel with packets whose timeout has come.</param>
    /// <param name="unsettled">Hears of every channel that has unsettled packets when the chain is opened or woken; null: as <paramref name="moved"/>.</param>
    internal LedgerChain? OpenChain(ChainId id, Action<LedgerChain, uint>? moved = null, Action<LedgerChain, uint>? timedOut = null, Action<LedgerChain, uint>? unsettled = null)
    {
        IChainStore? store = null;
        try
        {
            store = _store.OpenChain(id.Value);
            var genesis = StoredGenesis.Parse(store);
            RequireSameId(genesis, id);
            _keys.ClaimFirst(id, genesis.Settings.SealingKey);
            var recovered = ChainRecovery.Recover(genesis, store);
            return new LedgerChain(recovered, store, _keys.Of(id), _options.Clock, _verifiers, _options.Chain, _due.Schedule, moved, timedOut, unsettled);
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

    /// <summary>A copy that is being made is stored under another id than its own until it is complete, so that nobody goes on from a part of a chain.</summary>
    private static void RequireSameId(Genesis genesis, ChainId id)
    {
        if (genesis.ChainId != id)
        {
            throw new StoreCorruptException($"expected the genesis of chain {id}, found that of {genesis.ChainId}: an unfinished copy, or a chain under a wrong name");
        }
    }
}
