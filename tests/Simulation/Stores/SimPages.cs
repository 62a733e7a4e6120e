using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Simulation.Stores;

/// <summary>All versions of all pages of a chain: those of the current snapshot, those it replaced, those of an unfinished one.</summary>
internal sealed class SimPages
{
    private readonly SortedDictionary<(int Table, ulong Page), SortedList<ulong, SimPage>> _pages = [];
    private (ulong Snapshot, ulong Epoch, bool GivenUp)? _unfinished;

    public ulong Current { get; private set; }

    public long Bytes => _pages.Values.Sum(versions => versions.Values.Sum(page => (long)page.Bytes.Length));

    public void Write(ulong epoch, ulong snapshot, IReadOnlyList<PageWrite> pages)
    {
        RequireWritable(epoch, snapshot);
        foreach (var page in pages)
        {
            if (!_pages.TryGetValue((page.Table, page.Page), out var versions))
            {
                _pages.Add((page.Table, page.Page), versions = []);
            }

            versions[snapshot] = new SimPage(page.Hash, page.Bytes.ToArray());
            _unfinished = (snapshot, epoch, false);
        }
    }

    public void Switch(ulong epoch, ulong snapshot)
    {
        RequireWritable(epoch, snapshot);
        Current = snapshot;
        _unfinished = null;
    }

    public int Drop(int pagesMax)
    {
        _unfinished = _unfinished is { } unfinished ? unfinished with { GivenUp = true } : null;
        var dropped = 0;
        foreach (var key in _pages.Keys.ToArray())
        {
            var versions = _pages[key];
            var kept = Newest(versions);
            foreach (var snapshot in versions.Keys.Where(snapshot => snapshot != kept).ToArray())
            {
                if (dropped == pagesMax)
                {
                    return dropped;
                }

                versions.Remove(snapshot);
                dropped++;
            }

            if (versions.Count == 0)
            {
                _pages.Remove(key);
            }
        }

        if (dropped < pagesMax)
        {
            _unfinished = null;
        }

        return dropped;
    }

    public SimPage? Read(int table, ulong page) =>
        _pages.TryGetValue((table, page), out var versions) && Newest(versions) is { } newest ? versions[newest] : null;

    public List<(int Table, ulong Page, Hash256 Hash)> List() =>
        [.. from entry in _pages let newest = Newest(entry.Value) where newest is not null select (entry.Key.Table, entry.Key.Page, entry.Value[newest.Value].Hash)];

    public SimPages Copy()
    {
        var copy = new SimPages { Current = Current, _unfinished = _unfinished };
        foreach (var (key, versions) in _pages)
        {
            copy._pages.Add(key, new SortedList<ulong, SimPage>(versions));
        }

        return copy;
    }

    private ulong? Newest(SortedList<ulong, SimPage> versions)
    {
        for (var i = versions.Count - 1; i >= 0; i--)
        {
            if (versions.Keys[i] <= Current)
            {
                return versions.Keys[i];
            }
        }

        return null;
    }

    private void RequireWritable(ulong epoch, ulong snapshot)
    {
        if (snapshot <= Current)
        {
            throw new InvalidOperationException($"Expected a snapshot above {Current}, found {snapshot}.");
        }

        if (_unfinished is { } unfinished && unfinished != (snapshot, epoch, false))
        {
            throw new InvalidOperationException($"Expected no unfinished snapshot but {snapshot} of epoch {epoch}, found {unfinished}.");
        }
    }
}

/// <summary>A page as it was written; no bytes when only its hash is kept.</summary>
internal sealed record SimPage(Hash256 Hash, byte[] Bytes);
