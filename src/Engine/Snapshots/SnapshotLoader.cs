using Actors.Engine.Stores;
using Actors.Ledger.Chains;
using Actors.Ledger.State;

namespace Actors.Engine.Snapshots;

/// <summary>
/// Loads the state of a snapshot: counts and page hashes, from which the trees are built and compared with the root that the snapshot
/// was made at. Pages themselves are read when first needed, each checked against its hash.
/// </summary>
internal static class SnapshotLoader
{
    public static ChainState Load(Genesis genesis, IChainStore store, SnapshotManifest manifest)
    {
        var snapshot = SnapshotState.Decode(manifest.State);
        if (snapshot.Head.Height != manifest.Height)
        {
            throw new StoreCorruptException($"the snapshot's manifest says height {manifest.Height}, its state {snapshot.Head.Height}");
        }

        var state = new ChainState(genesis, new StorePages(store));
        var touched = LoadPageHashes(state, store);
        var roots = LoadTrees(state, snapshot.Roots.Tables, touched);
        var root = StateHash.Root(genesis.Settings.LeafRecords, roots);
        if (root != snapshot.Roots.Root)
        {
            throw new BrokenInvariantException($"the snapshot of height {manifest.Height} should have state root {snapshot.Roots.Root}, its pages give {root}");
        }

        state.Head = snapshot.Head;
        state.Reindex();
        state.Pendings.LoadDue();
        if (state.Pendings.OpenCount != snapshot.OpenPendings)
        {
            throw new BrokenInvariantException($"the snapshot of height {manifest.Height} should have {snapshot.OpenPendings} open pendings, its pages have {state.Pendings.OpenCount}");
        }

        return state;
    }

    private static List<ulong>[] LoadPageHashes(ChainState state, IChainStore store)
    {
        var tables = state.Tables.All;
        var touched = new List<ulong>[tables.Count];
        for (var i = 0; i < touched.Length; i++)
        {
            touched[i] = [];
        }

        store.ReadPageHashes((table, page, hash) =>
        {
            if ((uint)table >= (uint)touched.Length)
            {
                throw new StoreCorruptException($"the snapshot has a page of table {table}, which does not exist");
            }

            tables[table].Levels[0, page] = hash;
            touched[table].Add(page);
        });
        return touched;
    }

    private static TableRoot[] LoadTrees(ChainState state, IReadOnlyList<TableRoot> expected, List<ulong>[] touched)
    {
        if (expected.Count != state.Tables.All.Count)
        {
            throw new StoreCorruptException($"the snapshot has {expected.Count} tables, expected {state.Tables.All.Count}");
        }

        var roots = new TableRoot[expected.Count];
        for (var i = 0; i < roots.Length; i++)
        {
            var table = state.Tables.All[i];
            table.LoadCount(expected[i].Count);
            var pages = touched[i].ToArray();
            Array.Sort(pages);
            roots[i] = new TableRoot(table.Shape.Id, table.Count, table.Levels.Update(pages, TableShape.TreeDepth(table.Count)));
        }

        return roots;
    }
}
