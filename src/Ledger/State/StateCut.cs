using Actors.Ledger.Hashing;

namespace Actors.Ledger.State;

/// <summary>
/// The changed pages of one height, frozen. <see cref="Compute"/> hashes them and gives the state root of that height; it may run
/// beside execution because frozen bytes never change.
/// </summary>
internal sealed class StateCut(StateCut.Part[] parts, Capture capture)
{
    private volatile StateRoots? _roots;

    /// <summary>Null until <see cref="Compute"/> has run.</summary>
    public StateRoots? Roots => _roots;

    /// <summary>Hashes the frozen pages into the trees. Once; on any thread.</summary>
    public StateRoots Compute()
    {
        var leafRecords = parts[0].Table.Shape.LeafRecords;
        var tables = new TableRoot[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            tables[i] = ComputeTable(parts[i]);
        }

        capture.Release();
        var roots = new StateRoots(StateHash.Root(leafRecords, tables), tables);
        _roots = roots;
        return roots;
    }

    private static TableRoot ComputeTable(in Part part)
    {
        var changed = new ulong[part.Pages.Length];
        var hasher = new PageHasher(part.Table.Shape);
        for (var first = 0; first < changed.Length; first += PageHasher.PagesMax)
        {
            var pages = part.Pages.AsSpan(first, Math.Min(PageHasher.PagesMax, changed.Length - first));
            var hashes = hasher.Hash(pages);
            for (var i = 0; i < pages.Length; i++)
            {
                changed[first + i] = pages[i].Index;
                part.Table.Levels[0, pages[i].Index] = hashes[i];
            }
        }

        return new TableRoot(part.Table.Shape.Id, part.Count, part.Table.Levels.Update(changed, TableShape.TreeDepth(part.Count)));
    }

    internal readonly record struct Part(PagedTable Table, ulong Count, (ulong Index, byte[] Bytes)[] Pages);
}

/// <summary>A state root and the table counts and roots that it covers.</summary>
internal sealed record StateRoots(Hash256 Root, IReadOnlyList<TableRoot> Tables);
