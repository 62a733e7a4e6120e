using Actors.Engine.History;
using Actors.Engine.Relays;
using Actors.Engine.Snapshots;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Engine.Chains;

/// <summary>
/// Becomes the writer of a chain and brings its state to the head: loads the current snapshot, reloads the ids of every block
/// within the validity limit of the head, and replays the blocks after the snapshot. Replay recomputes every root, so each
/// recovery is also a check.
/// </summary>
internal static class ChainRecovery
{
    /// <exception cref="StoreException">The store fails, or lost blocks it once held.</exception>
    /// <exception cref="BrokenInvariantException">What is stored does not come out as it says.</exception>
    public static RecoveredChain Recover(Genesis genesis, IChainStore store)
    {
        try
        {
            return RecoverHead(genesis, store);
        }
        catch (MalformedException malformed)
        {
            throw new StoreCorruptException($"what is stored of chain {genesis.ChainId} does not decode: {malformed.Message}", malformed);
        }
    }

    private static RecoveredChain RecoverHead(Genesis genesis, IChainStore store)
    {
        var head = store.TakeEpoch();
        while (store.DropSuperseded(head.Epoch, 4_096) > 0)
        {
        }

        var manifest = store.ReadManifest();
        var state = manifest is null ? ChainState.Create(genesis, new StorePages(store)) : SnapshotLoader.Load(genesis, store, manifest);
        LoadIds(state, store, head);
        var replayed = Replay(state, store, head, manifest);
        RequireHead(state, head);
        return new RecoveredChain(state, HeadOf(state, store, head), HistoryTiles.Load(store, genesis.Hash, head.Height), LoadStretch(genesis, store, head), head.Epoch)
        {
            KeyChanges = [.. store.ReadKeyChanges().Select(change => KeyChangeCodec.Decode(change.Bytes))],
            Channels = CommittedChannels.Load(state, store),
            LastSnapshot = manifest?.Snapshot ?? 0,
            LogBytesSinceSnapshot = replayed,
            Notices = head.HeadFileFound ? [] : [$"the head file is missing: blocks after {head.Height} may have been lost without a trace"],
        };
    }

    private static long Replay(ChainState state, IChainStore store, StoredHead head, SnapshotManifest? manifest)
    {
        var replay = new BlockReplay(state);
        if (manifest is not null)
        {
            replay.Know(manifest.Height, state.Head.TimeMs, SnapshotState.Decode(manifest.State).Roots.Root);
            replay.Know(state.Head.StateHeight, TimeOf(state, store, state.Head.StateHeight), state.Head.StateRoot);
        }

        long bytes = 0;
        while (state.Head.Height < head.Height)
        {
            var block = StoredBlocks.Read(store, new Height(state.Head.Height + 1));
            bytes += block.Length;
            replay.Replay(block).Release();
        }

        return bytes;
    }

    private static ulong TimeOf(ChainState state, IChainStore store, ulong height) =>
        height == state.Head.Height ? state.Head.TimeMs
        : height == 0 ? state.Genesis.Settings.Created.Ms
        : BlockHeader.Decode(StoredBlocks.ReadSignedHeader(store, new Height(height)).AsSpan(0, BlockHeader.Size)).Time.Ms;

    private static void LoadIds(ChainState state, IChainStore store, StoredHead head)
    {
        var validity = state.Genesis.Settings.ValidityMs;
        var from = head.TimeMs > validity ? head.TimeMs - validity : 0;
        for (var height = store.FirstHeightAtOrAfter(from); height <= state.Head.Height; height++)
        {
            var transactions = StoredBlocks.Parse(store, new Height(height)).Transactions;
            for (var i = 0; i < transactions.Count; i++)
            {
                var id = transactions[i].Transaction.Id;
                if (id.Expiry.Ms >= head.TimeMs)
                {
                    state.Ids.Add(id, new TransactionPlace(new Height(height), i));
                }
            }
        }
    }

    private static IdStretch LoadStretch(Genesis genesis, IChainStore store, StoredHead head)
    {
        var stretch = new IdStretch(store.LastFilteredHeight());
        for (var height = stretch.FirstHeight; height <= head.Height; height++)
        {
            var block = StoredBlocks.Parse(store, new Height(height));
            stretch.Add(height, block.Header.Time.Ms, [.. block.Transactions.Select(recorded => recorded.Transaction.Id)], closes: false);
        }

        return stretch;
    }

    private static CommittedHead HeadOf(ChainState state, IChainStore store, StoredHead head) => new(
        head.Height,
        head.HeaderHash,
        state.Head.TimeMs,
        state.Head.StateHeight,
        head.Height == 0 ? ReadOnlyMemory<byte>.Empty : StoredBlocks.ReadSignedHeader(store, new Height(head.Height)));

    private static void RequireHead(ChainState state, StoredHead head)
    {
        if (state.Head.Height != head.Height || state.Head.HeaderHash != head.HeaderHash)
        {
            throw new BrokenInvariantException($"the store's head is block {head.Height} with hash {head.HeaderHash}, replay ends at {state.Head.Height} with {state.Head.HeaderHash}");
        }
    }
}
