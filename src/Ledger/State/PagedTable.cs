using Actors.Ledger.Hashing;

namespace Actors.Ledger.State;

/// <summary>
/// A table of fixed-size records addressed by number. Naive: a dictionary of account objects, 200 bytes and a hash each. Here:
/// an array in pages, loaded from the snapshot when first needed, so that a lookup is two array indexings and state may
/// be larger than memory.
/// </summary>
internal sealed class PagedTable
{
    private const int DirectoryBits = 10;
    private const int DirectorySize = 1 << DirectoryBits;
    private readonly ChainTables _tables;
    private readonly Hash256 _emptyPage;
    private readonly Page _zero;
    private Page?[]?[] _directories = [];

    public PagedTable(TableShape shape, ChainTables tables)
    {
        Shape = shape;
        _tables = tables;
        _emptyPage = StateHash.EmptyPage(shape);
        _zero = new Page(0, new byte[shape.PageBytes]);
        Levels = new HashLevels(_emptyPage);
    }

    public TableShape Shape { get; }

    public HashLevels Levels { get; }

    /// <summary>Slots handed out: numbers 1 to Count exist.</summary>
    public ulong Count { get; private set; }

    /// <summary>The record with this number as it stands now. Valid until the next write to the table.</summary>
    public ReadOnlySpan<byte> Read(ulong number)
    {
        var slot = number - 1;
        return Find(slot >> 6).Bytes.AsSpan((int)(slot & 63) * Shape.RecordBytes, Shape.RecordBytes);
    }

    /// <summary>False when only the hash of the record's page was kept.</summary>
    public bool IsKept(ulong number) => !Find((number - 1) >> 6).Collapsed;

    /// <summary>The record with this number, for change; its before-image goes to the undo log.</summary>
    public Span<byte> Write(ulong number)
    {
        var slot = number - 1;
        var bytes = Writable(slot >> 6).AsSpan((int)(slot & 63) * Shape.RecordBytes, Shape.RecordBytes);
        _tables.Undo.Record(this, slot, bytes);
        return bytes;
    }

    /// <summary>Hands out the next <paramref name="count"/> numbers and returns the first.</summary>
    public ulong Add(ulong count = 1)
    {
        _tables.Undo.RecordCount(this, Count);
        var first = Count + 1;
        Count = checked(Count + count);
        return first;
    }

    public void Restore(ulong slot, ReadOnlySpan<byte> image)
    {
        var record = Writable(slot >> 6).AsSpan((int)(slot & 63) * Shape.RecordBytes, Shape.RecordBytes);
        _tables.Restoring(Shape.Id, slot + 1);
        image.CopyTo(record);
        _tables.Restored(Shape.Id, slot + 1);
    }

    public void RestoreCount(ulong count) => Count = count;

    /// <summary>Sets count and page hashes from a snapshot, before anything else is done with the table.</summary>
    public void LoadCount(ulong count) => Count = count;

    /// <summary>The page in memory, or null; never loads.</summary>
    public Page? Peek(ulong index)
    {
        var directory = index >> DirectoryBits;
        return directory < (ulong)_directories.Length ? _directories[directory]?[index & (DirectorySize - 1)] : null;
    }

    /// <summary>The page's bytes, loaded if need be; the shared zero page when never touched.</summary>
    public Page Find(ulong index)
    {
        if (Peek(index) is { } page)
        {
            page.Used = true;
            return page;
        }

        return Levels[0, index] == _emptyPage ? _zero : Load(index);
    }

    public void Drop(Page page) => _directories[page.Index >> DirectoryBits]![page.Index & (DirectorySize - 1)] = null;

    /// <summary>Replaces a page whose pendings are all finished by its hash.</summary>
    public void Collapse(Page page) => Put(new Page(page.Index, []) { Collapsed = true });

    private byte[] Writable(ulong index)
    {
        var page = Peek(index);
        if (page is null || page.Stamp != _tables.Stamp)
        {
            page = MakeWritable(index, page);
        }

        return page.Bytes;
    }

    private Page MakeWritable(ulong index, Page? page)
    {
        page ??= Levels[0, index] == _emptyPage ? Put(new Page(index, new byte[Shape.PageBytes])) : Load(index);
        if (page.Collapsed)
        {
            throw new BrokenInvariantException($"page {index} of table {Shape.Id} was to change after only its hash was kept");
        }

        if (page.IsCaptured)
        {
            page.Bytes = page.Bytes.AsSpan().ToArray();
        }

        page.RootCapture = null;
        page.SnapshotCapture = null;
        page.Stamp = _tables.Stamp;
        page.Used = true;
        _tables.MarkDirty(this, page);
        return page;
    }

    private Page Load(ulong index)
    {
        var bytes = new byte[Shape.PageBytes];
        if (!_tables.Source.ReadPage(Shape.Id, index, bytes))
        {
            if (Shape.Id != TableId.Pendings)
            {
                throw new BrokenInvariantException($"page {index} of table {Shape.Id} is kept as its hash only, as no page of that table may be");
            }

            return Put(new Page(index, []) { Collapsed = true, Used = true });
        }

        var expected = Levels[0, index];
        var found = StateHash.Page(bytes, Shape);
        if (found != expected)
        {
            throw new BrokenInvariantException($"page {index} of table {Shape.Id} should have hash {expected}, the store gave one with {found}");
        }

        return Put(new Page(index, bytes) { Used = true });
    }

    private Page Put(Page page)
    {
        var directory = checked((int)(page.Index >> DirectoryBits));
        if (directory >= _directories.Length)
        {
            Array.Resize(ref _directories, Math.Max(directory + 1, _directories.Length * 2));
        }

        (_directories[directory] ??= new Page?[DirectorySize])[page.Index & (DirectorySize - 1)] = page;
        _tables.Resident(this, page);
        return page;
    }
}
