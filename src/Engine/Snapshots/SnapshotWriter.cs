using Actors.Engine.Chains;
using Actors.Engine.Stores;

namespace Actors.Engine.Snapshots;

/// <summary>
/// Writes a planned snapshot beside the running chain: pages in chunks small enough that an append never waits long, then the one
/// switch that makes it current, then the removal of what it replaced.
/// </summary>
internal static class SnapshotWriter
{
    /// <summary>Pages a transaction: about one MiB.</summary>
    private const int PagesPerChunk = 256;

    /// <summary>
    /// Writes and switches, then cleans up. Returns what went wrong before the switch; null when the snapshot is current. Where the store
    /// cannot say whether it is, the next write takes a new epoch first.
    /// </summary>
    public static Exception? TryWrite(IChainStore store, ChainAppender appender, ulong snapshot, SnapshotPlan plan, CancellationToken cancellation)
    {
        ulong epoch;
        try
        {
            epoch = appender.EpochForWriting();
            Clean(store, epoch, cancellation);
            Write(store, epoch, snapshot, plan, cancellation);
        }
        catch (Exception fault) when (fault is StoreException or OperationCanceledException)
        {
            if (fault is OutcomeUnknownException)
            {
                appender.Doubt();
            }

            return fault;
        }

        try
        {
            Clean(store, epoch, cancellation);
        }
        catch (StoreException)
        {
            // The snapshot is current; what it replaced is removed before the next one.
        }

        return null;
    }

    private static void Write(IChainStore store, ulong epoch, ulong snapshot, SnapshotPlan plan, CancellationToken cancellation)
    {
        var pages = plan.Pages;
        for (var first = 0; first < pages.Length; first += PagesPerChunk)
        {
            cancellation.ThrowIfCancellationRequested();
            store.WritePages(epoch, snapshot, new ArraySegment<PageWrite>(pages, first, Math.Min(PagesPerChunk, pages.Length - first)));
        }

        var state = new SnapshotState(plan.Head, plan.Cut.Roots!, plan.OpenPendings);
        store.SwitchSnapshot(epoch, new SnapshotManifest(snapshot, plan.Head.Height, state.Encode()));
    }

    /// <summary>Removes pages that nobody can reach any more.</summary>
    private static void Clean(IChainStore store, ulong epoch, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && store.DropSuperseded(epoch, PagesPerChunk * 4) > 0)
        {
        }
    }
}
