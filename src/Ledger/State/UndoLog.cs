namespace Actors.Ledger.State;

/// <summary>
/// Before-images of everything one block changes, in order, so that a refused transaction, a refused linked run or a whole
/// failed block is taken back exactly. One per uncommitted block; reused.
/// </summary>
internal sealed class UndoLog
{
    private readonly List<Entry> _entries = new(1024);
    private byte[] _images = new byte[64 * 1024];
    private int _imagesLength;

    public int Mark => _entries.Count;

    public void Record(PagedTable table, ulong slot, ReadOnlySpan<byte> image)
    {
        if (_images.Length - _imagesLength < image.Length)
        {
            Array.Resize(ref _images, _images.Length * 2);
        }

        image.CopyTo(_images.AsSpan(_imagesLength));
        _imagesLength += image.Length;
        _entries.Add(new Entry(table, slot, false));
    }

    public void RecordCount(PagedTable table, ulong count) => _entries.Add(new Entry(table, count, true));

    /// <summary>Takes back everything recorded after <paramref name="mark"/>, newest first.</summary>
    public void RollBackTo(int mark)
    {
        for (var i = _entries.Count - 1; i >= mark; i--)
        {
            var entry = _entries[i];
            if (entry.IsCount)
            {
                entry.Table.RestoreCount(entry.Value);
                continue;
            }

            _imagesLength -= entry.Table.Shape.RecordBytes;
            entry.Table.Restore(entry.Value, _images.AsSpan(_imagesLength, entry.Table.Shape.RecordBytes));
        }

        _entries.RemoveRange(mark, _entries.Count - mark);
    }

    /// <summary>The oldest before-image of a slot, or nothing when this block did not change it.</summary>
    public bool TryFindFirst(PagedTable table, ulong slot, Span<byte> image)
    {
        var at = 0;
        foreach (var entry in _entries)
        {
            if (entry.IsCount)
            {
                continue;
            }

            if (entry.Table == table && entry.Value == slot)
            {
                _images.AsSpan(at, table.Shape.RecordBytes).CopyTo(image);
                return true;
            }

            at += entry.Table.Shape.RecordBytes;
        }

        return false;
    }

    /// <summary>The table's count before this block, or nothing when the block did not change it.</summary>
    public bool TryFindFirstCount(PagedTable table, out ulong count)
    {
        foreach (var entry in _entries)
        {
            if (entry.IsCount && entry.Table == table)
            {
                count = entry.Value;
                return true;
            }
        }

        count = 0;
        return false;
    }

    /// <summary>Visits every before-image of a table, oldest first; a slot may come more than once.</summary>
    public void Visit(PagedTable table, ImageVisitor visit)
    {
        var at = 0;
        foreach (var entry in _entries)
        {
            if (entry.IsCount)
            {
                continue;
            }

            var length = entry.Table.Shape.RecordBytes;
            if (entry.Table == table)
            {
                visit(entry.Value, _images.AsSpan(at, length));
            }

            at += length;
        }
    }

    public void Clear()
    {
        _entries.Clear();
        _imagesLength = 0;
    }

    internal delegate void ImageVisitor(ulong slot, ReadOnlySpan<byte> image);

    private readonly record struct Entry(PagedTable Table, ulong Value, bool IsCount);
}
