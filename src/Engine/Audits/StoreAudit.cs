using Actors.Engine.History;
using Actors.Engine.Snapshots;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Engine.Audits;

/// <summary>
/// Checks what a store keeps beside the blocks against the blocks: head, header hashes, history tiles, id filters, key changes, and
/// every page of the current snapshot against its hash and the root of its height.
/// </summary>
public static class StoreAudit
{
    /// <summary>Findings, a sentence each. The blocks themselves are <see cref="ChainAudit"/>'s to check.</summary>
    public static IReadOnlyList<string> Run(StoredChain chain, CancellationToken cancellation) => Run(chain.Store, chain.HeadHeight, cancellation);

    internal static IReadOnlyList<string> Run(IChainStore store, ulong head, CancellationToken cancellation)
    {
        var findings = new List<string>();
        try
        {
            var genesis = StoredGenesis.Parse(store);
            CheckLog(genesis, store, head, findings, cancellation);
            CheckSnapshot(genesis, store, findings, cancellation);
        }
        catch (Exception broken) when (broken is StoreException or BrokenInvariantException or MalformedException)
        {
            findings.Add(broken.Message);
        }

        return findings;
    }

    private static void CheckLog(Genesis genesis, IChainStore store, ulong head, List<string> findings, CancellationToken cancellation)
    {
        var tiles = HistoryTiles.Of(genesis.Hash);
        var changes = store.ReadKeyChanges();
        var change = 0;
        var headTimeMs = 0UL;
        var hashes = new Hash256[1];
        for (ulong height = 1; height <= head; height++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stored = store.ReadAppend(height) ?? throw StoredBlocks.Missing(new Height(height));
            var block = StoredBlocks.Parse(stored.Bytes, new Height(height));
            headTimeMs = block.Header.Time.Ms;
            if (stored.TimeMs != headTimeMs)
            {
                // A lookup by id goes by the stored time, and would look past the block.
                findings.Add($"the stored time of block {height} is {stored.TimeMs} ms, its header says {headTimeMs}");
            }

            if (store.ReadHeaderHashes(height, hashes) != 1 || hashes[0] != block.Hash)
            {
                findings.Add($"the stored hash of block {height} is not that of its header");
            }

            var completed = new List<HistoryTile>();
            tiles = tiles.Next(height, block.Hash, completed);
            findings.AddRange(from tile in completed
                              where !store.TryReadHistoryTile(tile.Level, tile.Index, out var root) || root != tile.Root
                              select $"history tile {tile.Index} of level {tile.Level} is missing or wrong");
            CheckFilters(store, block, findings);
            if (KeyChange.TryBuild(block) is { } built)
            {
                var isRight = change < changes.Count && changes[change].Height == height && changes[change].Bytes.AsSpan().SequenceEqual(KeyChangeCodec.Encode(built));
                change++;
                if (!isRight)
                {
                    findings.Add($"the key change of block {height} is missing or wrong");
                }
            }
        }

        // Above the head that was given, a writer may have gone on meanwhile.
        if (store.ReadHead() is var row && row.Height == head && head > 0 && row.TimeMs != headTimeMs)
        {
            findings.Add($"the head's stored time is {row.TimeMs} ms, which is not that of block {head}");
        }

        if (change != changes.Count)
        {
            findings.Add($"{changes.Count} key changes are stored, the blocks hold {change}");
        }
    }

    private static void CheckFilters(IChainStore store, Block block, List<string> findings)
    {
        if (block.Transactions.Count == 0 || block.Header.Height.Value > store.LastFilteredHeight())
        {
            return;
        }

        var filters = store.ReadIdFilters(block.Header.Time.Ms, block.Header.Time.Ms);
        var filter = filters.FirstOrDefault(stretch => stretch.FirstHeight <= block.Header.Height.Value && block.Header.Height.Value <= stretch.LastHeight);
        if (filter is null || block.Transactions.Any(recorded => !IdBloom.MayHold(filter.Bits, recorded.Transaction.Id)))
        {
            findings.Add($"the id filter over block {block.Header.Height} is missing or does not hold its transactions");
        }
    }

    private static void CheckSnapshot(Genesis genesis, IChainStore store, List<string> findings, CancellationToken cancellation)
    {
        if (store.ReadManifest() is not { } manifest)
        {
            return;
        }

        var state = SnapshotLoader.Load(genesis, store, manifest);
        CheckRootAgainstLog(store, manifest, SnapshotState.Decode(manifest.State), findings);
        var pages = new StorePages(store);
        store.ReadPageHashes((table, page, hash) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var shape = state.Tables.All[table].Shape;
            var bytes = new byte[shape.PageBytes];
            if (pages.ReadPage(shape.Id, page, bytes) && StateHash.Page(bytes, shape) != hash)
            {
                findings.Add($"page {page} of table {shape.Id} in the snapshot of height {manifest.Height} does not fit its hash");
            }
        });
    }

    private static void CheckRootAgainstLog(IChainStore store, SnapshotManifest manifest, SnapshotState snapshot, List<string> findings)
    {
        var head = store.ReadHead().Height;
        for (var height = manifest.Height; height <= head && height <= manifest.Height + Limits.StateLagBlocksMax; height++)
        {
            var header = BlockHeader.Decode(StoredBlocks.ReadSignedHeader(store, new Height(height)).AsSpan(0, BlockHeader.Size));
            if (header.StateHeight.Value == manifest.Height)
            {
                if (header.StateRoot != snapshot.Roots.Root)
                {
                    findings.Add($"the snapshot of height {manifest.Height} has state root {snapshot.Roots.Root}, block {height} says {header.StateRoot}");
                }

                return;
            }
        }
    }
}
