using Actors.Engine.Stores;
using Actors.Ledger.State;

namespace Actors.Engine.Chains;

/// <summary>A snapshot to be written: pages frozen at a height, their hashes once the cut of that height is computed.</summary>
internal sealed class SnapshotPlan(ChainHead head, SnapshotCapture capture, StateCut cut, ulong openPendings, long logBytes)
{
    private PageWrite[]? _pages;

    public ChainHead Head => head;

    public SnapshotCapture Capture => capture;

    public StateCut Cut => cut;

    public ulong OpenPendings => openPendings;

    /// <summary>Bytes of the log between the snapshot before and this one.</summary>
    public long LogBytes => logBytes;

    /// <summary>Its block is durable.</summary>
    public bool IsCommitted { get; set; }

    public bool IsReady => IsCommitted && _pages is not null;

    public PageWrite[] Pages => _pages!;

    /// <summary>Reads the page hashes out of the trees. MUST run between the cut's computation and the next cut.</summary>
    public void CollectHashes()
    {
        _pages = new PageWrite[capture.Pages.Count];
        for (var i = 0; i < _pages.Length; i++)
        {
            var (table, page, bytes) = capture.Pages[i];
            var isFinished = table.Shape.Id == TableId.Pendings && PendingPages.AreFinished(bytes);
            _pages[i] = new PageWrite((int)table.Shape.Id, page.Index, table.Levels[0, page.Index], isFinished ? ReadOnlyMemory<byte>.Empty : bytes);
        }

        Array.Sort(_pages, static (left, right) => (left.Table, left.Page).CompareTo((right.Table, right.Page)));
    }
}
