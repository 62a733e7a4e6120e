using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Relays;

/// <summary>Neighbouring leaves at the right end of one of a channel's trees, packets or acknowledgements, with their hashes, in memory.</summary>
internal sealed class LeafLog
{
    private readonly List<Chunk> _chunks = [];

    /// <summary>The first leaf that is here, counted from 1; one past the last when there is none.</summary>
    public ulong First => _chunks.Count == 0 ? Next : _chunks[0].First;

    /// <summary>The leaf that comes next.</summary>
    public ulong Next { get; private set; } = 1;

    public void StartAt(ulong next)
    {
        _chunks.Clear();
        Next = next;
    }

    public void Append(ReadOnlyMemory<byte> bytes, int[] ends, Hash256[] hashes)
    {
        _chunks.Add(new Chunk(Next, bytes, ends, hashes));
        Next += (ulong)ends.Length;
    }

    /// <summary>Leaves one by one, as they are read out of blocks.</summary>
    public void Append(IReadOnlyList<byte[]> leaves)
    {
        var run = LeafRun.Of(Next, leaves, []);
        Append(run.Bytes, [.. run.Ends], [.. leaves.Select(leaf => MerkleTree.LeafHash(leaf))]);
    }

    /// <summary>Forgets whole chunks of leaves up to <paramref name="last"/>.</summary>
    public void DropThrough(ulong last)
    {
        var count = 0;
        while (count < _chunks.Count && _chunks[count].Last <= last)
        {
            count++;
        }

        _chunks.RemoveRange(0, count);
    }

    /// <summary>One leaf; false when it is not here.</summary>
    public bool TryRead(ulong leaf, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (leaf < First || leaf >= Next)
        {
            return false;
        }

        var (low, high) = (0, _chunks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _chunks[middle].First <= leaf ? (middle, high) : (low, middle - 1);
        }

        bytes = _chunks[low].Memory(_chunks[low].IndexOf(leaf));
        return true;
    }

    /// <summary>
    /// The run from leaf <paramref name="from"/> on, at most <paramref name="countMax"/> leaves of together at most
    /// <paramref name="bytesMax"/> bytes (at least one), with the path to the tree of all leaves up to <see cref="Next"/>. Null when leaf
    /// <paramref name="from"/> is not here.
    /// </summary>
    public LeafRun? Run(ulong from, int countMax, int bytesMax)
    {
        if (from < First || from >= Next)
        {
            return null;
        }

        var leaves = new List<byte[]>();
        var bytes = 0;
        foreach (var chunk in _chunks)
        {
            for (var i = chunk.IndexOf(from + (ulong)leaves.Count); i < chunk.Ends.Length; i++)
            {
                var leaf = chunk[i];
                if (leaves.Count == countMax || (leaves.Count > 0 && bytes + leaf.Length > bytesMax))
                {
                    return End(from, leaves);
                }

                leaves.Add(leaf.ToArray());
                bytes += leaf.Length;
            }
        }

        return End(from, leaves);
    }

    /// <summary>The same, cut into runs as one operation takes them.</summary>
    public IReadOnlyList<LeafRun> Runs(ulong from, int bytesMax)
    {
        var runs = new List<LeafRun>();
        while (bytesMax > 0 && Run(from, Limits.PacketsPerOperationMax, bytesMax) is { } run)
        {
            runs.Add(run);
            bytesMax -= run.Bytes.Length;
            from = run.Last + 1;
        }

        return runs;
    }

    private LeafRun End(ulong from, List<byte[]> leaves)
    {
        var last = from + (ulong)leaves.Count - 1;
        return LeafRun.Of(from, leaves, MerkleTree.ExtensionPath(last, Next - 1, HashesAfter(last)));
    }

    private Hash256[] HashesAfter(ulong last)
    {
        var rest = new Hash256[Next - 1 - last];
        var at = 0;
        foreach (var chunk in _chunks)
        {
            var hashes = chunk.Hashes.AsSpan(chunk.IndexOf(last + 1 + (ulong)at));
            hashes.CopyTo(rest.AsSpan(at));
            at += hashes.Length;
        }

        return rest;
    }

    private readonly record struct Chunk(ulong First, ReadOnlyMemory<byte> Bytes, int[] Ends, Hash256[] Hashes)
    {
        public ulong Last => First + (ulong)Ends.Length - 1;

        public ReadOnlySpan<byte> this[int index] => Memory(index).Span;

        public ReadOnlyMemory<byte> Memory(int index) => Bytes[(index == 0 ? 0 : Ends[index - 1])..Ends[index]];

        /// <summary>Where a leaf is in this chunk; its length when the leaf comes later.</summary>
        public int IndexOf(ulong leaf) => (int)Math.Clamp((long)(leaf - First), 0, Ends.Length);
    }
}
