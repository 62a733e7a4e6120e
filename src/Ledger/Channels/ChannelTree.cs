using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels;

/// <summary>
/// The RFC 6962 tree over all channel records, held in memory and rehashed where a record changed: a header carries its root as of
/// its own block, so it cannot wait for a state cut.
/// </summary>
internal sealed class ChannelTree
{
    private readonly List<List<Hash256>> _levels = [[]];
    private readonly List<int> _changed = [];

    public int Count => _levels[0].Count;

    /// <summary>The root that a header carries over so many leaves; it covers their number.</summary>
    public static Hash256 RootOver(ulong count, in Hash256 root)
    {
        if (count == 0)
        {
            return MerkleTree.EmptyRoot;
        }

        var writer = new WireWriter(8 + 8 + Hash256.Size);
        writer.Bytes("ActorsC1"u8);
        writer.U64(count);
        writer.Hash(root);
        return Sha256.Of(writer.Written);
    }

    public void Add(ReadOnlySpan<byte> record)
    {
        _levels[0].Add(default);
        Change(Count - 1, record);
    }

    public void Change(int index, ReadOnlySpan<byte> record)
    {
        _levels[0][index] = MerkleTree.LeafHash(record);
        _changed.Add(index);
    }

    public void RemoveLast()
    {
        _levels[0].RemoveAt(Count - 1);
        if (Count > 0)
        {
            _changed.Add(Count - 1);
        }
    }

    /// <summary>The root over the records as they stand.</summary>
    public Hash256 Root()
    {
        Rehash();
        return RootOver((ulong)Count, Count == 0 ? default : _levels[Height][0]);
    }

    /// <summary>The siblings of a record's leaf, from the leaf up.</summary>
    public Hash256[] Path(int index)
    {
        Rehash();
        var path = new List<Hash256>();
        for (var level = 0; level < Height; level++, index >>= 1)
        {
            if ((index ^ 1) < _levels[level].Count)
            {
                path.Add(_levels[level][index ^ 1]);
            }
        }

        return [.. path];
    }

    private int Height => Count <= 1 ? 0 : System.Numerics.BitOperations.Log2((uint)Count - 1) + 1;

    private void Rehash()
    {
        if (_changed.Count == 0)
        {
            return;
        }

        _changed.Sort();
        var indexes = _changed.Where(index => index < Count).Distinct().ToList();
        for (var level = 0; level < Height; level++)
        {
            indexes = RehashAbove(level, indexes);
        }

        _changed.Clear();
    }

    private List<int> RehashAbove(int level, List<int> indexes)
    {
        if (_levels.Count == level + 1)
        {
            _levels.Add([]);
        }

        var (below, above) = (_levels[level], _levels[level + 1]);
        var size = (below.Count + 1) / 2;
        above.RemoveRange(Math.Min(size, above.Count), Math.Max(0, above.Count - size));
        var parents = new List<int>();
        foreach (var parent in indexes.Select(index => index >> 1).Concat(Enumerable.Range(above.Count, size - above.Count)).Distinct())
        {
            while (above.Count <= parent)
            {
                above.Add(default);
            }

            above[parent] = (parent * 2) + 1 < below.Count ? MerkleTree.NodeHash(below[parent * 2], below[(parent * 2) + 1]) : below[parent * 2];
            parents.Add(parent);
        }

        return parents;
    }
}
