using System.Runtime.InteropServices;

namespace Actors.Ledger.State;

/// <summary>
/// All tables of a chain with what they share: the undo log being written, which pages changed, which are resident, and
/// the captures that let state roots and snapshots be made beside execution. Used by the chain's one writer.
/// </summary>
internal sealed class ChainTables
{
    private readonly PagedTable[] _tables;
    private readonly List<Page>[] _dirtyForRoot;
    private readonly List<Page>[] _dirtyForSnapshot;
    private readonly List<(PagedTable Table, Page Page)> _resident = [];
    private int _hand;

    public ChainTables(int leafRecords, IPageSource source)
    {
        Source = source;
        var shapes = TableShape.All(leafRecords);
        _tables = Array.ConvertAll(shapes, shape => new PagedTable(shape, this));
        _dirtyForRoot = Array.ConvertAll(shapes, _ => new List<Page>());
        _dirtyForSnapshot = Array.ConvertAll(shapes, _ => new List<Page>());
    }

    public IPageSource Source { get; }

    /// <summary>Where before-images go: the log of the block being executed.</summary>
    public UndoLog Undo { get; set; } = new();

    /// <summary>Changes with each cut, so that the first write to a page after it is noticed.</summary>
    public uint Stamp { get; private set; } = 1;

    public long ResidentBytes { get; private set; }

    public long DirtyBytes { get; private set; }

    public int DirtyForRootPages { get; private set; }

    public IReadOnlyList<PagedTable> All => _tables;

    public PagedTable this[TableId id] => _tables[(int)id];

    /// <summary>Called for each record just before a roll-back puts it back.</summary>
    public Action<TableId, ulong>? OnRestoring { get; set; }

    /// <summary>Called for each record that a roll-back put back.</summary>
    public Action<TableId, ulong>? OnRestored { get; set; }

    public void Restoring(TableId table, ulong number) => OnRestoring?.Invoke(table, number);

    public void Restored(TableId table, ulong number) => OnRestored?.Invoke(table, number);

    public void MarkDirty(PagedTable table, Page page)
    {
        if (!page.DirtyForRoot)
        {
            page.DirtyForRoot = true;
            _dirtyForRoot[(int)table.Shape.Id].Add(page);
            DirtyForRootPages++;
        }

        if (!page.DirtyForSnapshot)
        {
            page.DirtyForSnapshot = true;
            DirtyBytes += table.Shape.PageBytes;
            _dirtyForSnapshot[(int)table.Shape.Id].Add(page);
        }
    }

    public void Resident(PagedTable table, Page page)
    {
        page.ResidentAt = _resident.Count;
        _resident.Add((table, page));
        ResidentBytes += page.Bytes.Length;
    }

    /// <summary>
    /// Freezes what changed since the last cut. The result may be computed on another thread while execution goes on; no
    /// other cut may begin before it is computed.
    /// </summary>
    public StateCut BeginCut()
    {
        Stamp++;
        var capture = new Capture();
        var parts = new StateCut.Part[_tables.Length];
        for (var i = 0; i < _tables.Length; i++)
        {
            var pages = _dirtyForRoot[i];
            pages.Sort(static (left, right) => left.Index.CompareTo(right.Index));
            var frozen = new (ulong, byte[])[pages.Count];
            for (var p = 0; p < frozen.Length; p++)
            {
                pages[p].DirtyForRoot = false;
                pages[p].RootCapture = capture;
                frozen[p] = (pages[p].Index, pages[p].Bytes);
            }

            pages.Clear();
            parts[i] = new StateCut.Part(_tables[i], _tables[i].Count, frozen);
        }

        DirtyForRootPages = 0;
        return new StateCut(parts, capture);
    }

    /// <summary>
    /// Freezes every page that the next snapshot must hold. MUST be called right after <see cref="BeginCut"/>, before
    /// anything else changes.
    /// </summary>
    public SnapshotCapture CaptureSnapshot()
    {
        var capture = new Capture();
        var pages = new List<SnapshotCapture.FrozenPage>();
        for (var i = 0; i < _tables.Length; i++)
        {
            foreach (var page in CollectionsMarshal.AsSpan(_dirtyForSnapshot[i]))
            {
                page.DirtyForSnapshot = false;
                page.SnapshotCapture = capture;
                pages.Add(new SnapshotCapture.FrozenPage(_tables[i], page, page.Bytes));
            }

            _dirtyForSnapshot[i].Clear();
        }

        DirtyBytes = 0;
        return new SnapshotCapture(pages, capture);
    }

    /// <summary>Gives the pages of a snapshot that did not come about back to the next one.</summary>
    public void Abandon(SnapshotCapture snapshot)
    {
        snapshot.Release();
        foreach (var frozen in snapshot.Pages)
        {
            if (!frozen.Page.DirtyForSnapshot)
            {
                frozen.Page.DirtyForSnapshot = true;
                DirtyBytes += frozen.Table.Shape.PageBytes;
                _dirtyForSnapshot[(int)frozen.Table.Shape.Id].Add(frozen.Page);
            }
        }
    }

    /// <summary>
    /// Drops clean pages not used of late until at most <paramref name="residentBytesMax"/> are resident. Dirty pages and
    /// captured pages stay, so the bound is one on clean pages.
    /// </summary>
    public void Evict(long residentBytesMax)
    {
        for (var looked = 2 * _resident.Count; ResidentBytes > residentBytesMax && looked > 0; looked--)
        {
            _hand = _hand >= _resident.Count - 1 ? 0 : _hand + 1;
            var (table, page) = _resident[_hand];
            if (page.DirtyForSnapshot || page.DirtyForRoot || page.IsCaptured)
            {
                continue;
            }

            if (page.Used)
            {
                page.Used = false;
                continue;
            }

            Remove(page);
            table.Drop(page);
        }
    }

    /// <summary>Keeps only the hash of a page whose pendings are all finished, once a snapshot holds it so.</summary>
    public void Collapse(PagedTable table, Page page)
    {
        if (table.Peek(page.Index) != page || page.DirtyForSnapshot || page.DirtyForRoot)
        {
            return;
        }

        Remove(page);
        table.Collapse(page);
    }

    private void Remove(Page page)
    {
        ResidentBytes -= page.Bytes.Length;
        var last = _resident[^1];
        last.Page.ResidentAt = page.ResidentAt;
        _resident[page.ResidentAt] = last;
        _resident.RemoveAt(_resident.Count - 1);
    }
}
