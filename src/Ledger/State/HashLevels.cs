using System.Buffers;
using System.Numerics;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.State;

/// <summary>
/// The nodes of one table's tree from page roots upward. Subtrees that were never touched have the constant hash of their
/// level and take no memory, so a range of a billion unused accounts costs nothing here.
/// </summary>
internal sealed class HashLevels
{
    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;
    private const int LevelsMax = 58;
    private readonly Hash256[] _empty = new Hash256[LevelsMax];
    private readonly Hash256[]?[][] _levels = new Hash256[]?[LevelsMax][];

    public HashLevels(in Hash256 emptyPage)
    {
        _empty[0] = emptyPage;
        _levels[0] = [];
        for (var level = 1; level < LevelsMax; level++)
        {
            _empty[level] = StateHash.Node(_empty[level - 1], _empty[level - 1]);
            _levels[level] = [];
        }
    }

    public Hash256 Empty(int level) => _empty[level];

    public Hash256 this[int level, ulong index]
    {
        get
        {
            var chunks = Volatile.Read(ref _levels[level]);
            var chunk = index >> ChunkBits;
            return chunk < (ulong)chunks.Length && Volatile.Read(ref chunks[chunk]) is { } hashes ? hashes[index & (ChunkSize - 1)] : _empty[level];
        }

        set
        {
            var chunk = checked((int)(index >> ChunkBits));
            if (chunk >= _levels[level].Length)
            {
                var grown = _levels[level];
                Array.Resize(ref grown, Math.Max(chunk + 1, grown.Length * 2));
                Volatile.Write(ref _levels[level], grown);
            }

            ref var slot = ref _levels[level][chunk];
            if (slot is null)
            {
                var hashes = new Hash256[ChunkSize];
                Array.Fill(hashes, _empty[level]);
                Volatile.Write(ref slot, hashes);
            }

            slot[index & (ChunkSize - 1)] = value;
        }
    }

    /// <summary>
    /// Recomputes what lies above the given page roots (ascending, unique; overwritten) and above slot 0 up to
    /// <paramref name="depth"/>, and gives the root of that depth. Pages past that depth are those of a block that was taken back:
    /// what lies above them is recomputed too, or a later, larger tree would hold what that block left there.
    /// </summary>
    public Hash256 Update(Span<ulong> pages, int depth)
    {
        var children = ArrayPool<Hash256>.Shared.Rent((pages.Length + 1) * 2);
        var updated = pages.IsEmpty ? depth : Math.Max(depth, 64 - BitOperations.LeadingZeroCount(pages[^1]));
        for (var level = 0; level < updated; level++)
        {
            pages = pages[..Parents(pages)];
            HashAll(pages, level, children);
            if (pages.IsEmpty || pages[0] != 0)
            {
                HashAll([0], level, children);
            }
        }

        ArrayPool<Hash256>.Shared.Return(children);
        return this[depth, 0];
    }

    /// <summary>The siblings from page <paramref name="page"/> up to <paramref name="depth"/>.</summary>
    public void AppendPath(List<Hash256> path, ulong page, int depth)
    {
        for (var level = 0; level < depth; level++, page >>= 1)
        {
            path.Add(this[level, page ^ 1]);
        }
    }

    /// <summary>Recomputes these nodes of <paramref name="level"/> + 1 from their children, in lanes.</summary>
    private void HashAll(ReadOnlySpan<ulong> parents, int level, Span<Hash256> children)
    {
        for (var i = 0; i < parents.Length; i++)
        {
            children[i * 2] = this[level, parents[i] * 2];
            children[(i * 2) + 1] = this[level, (parents[i] * 2) + 1];
        }

        var hashes = children[..parents.Length];
        StateHash.Nodes(children[..(parents.Length * 2)], hashes);
        for (var i = 0; i < parents.Length; i++)
        {
            this[level + 1, parents[i]] = hashes[i];
        }
    }

    private static int Parents(Span<ulong> indices)
    {
        var count = 0;
        foreach (var index in indices)
        {
            if (count == 0 || indices[count - 1] != index >> 1)
            {
                indices[count++] = index >> 1;
            }
        }

        return count;
    }
}
