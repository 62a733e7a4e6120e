using System.Numerics;

namespace Actors.Ledger.Hashing;

/// <summary>
/// Proofs over a log too long to hold its leaves. The roots of complete subtrees never change once they are complete, so
/// they can be stored; everything a proof needs is put together from O(log n) of them.
/// </summary>
public static class MerkleRange
{
    /// <summary>
    /// The path <see cref="MerkleTree.InclusionPath"/> gives for leaf <paramref name="index"/> of the first
    /// <paramref name="size"/> leaves.
    /// </summary>
    /// <param name="index">The leaf, from 0.</param>
    /// <param name="size">How many leaves the tree of the proof has; the log may be longer.</param>
    /// <param name="subtreeRoot">The root of the complete subtree of 2^level leaves that starts at a first leaf: level 0
    /// is the leaf hash. The first leaf is a multiple of 2^level, and the subtree lies within
    /// <paramref name="size"/>. Called at most twice a level.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static Hash256[] InclusionPath(ulong index, ulong size, Func<ulong, int, Hash256> subtreeRoot)
    {
        ArgumentNullException.ThrowIfNull(subtreeRoot);
        Span<LeafRange> ranges = stackalloc LeafRange[ProofShape.RangesMax];
        return Roots(ranges[..ProofShape.Inclusion(index, size, ranges)], subtreeRoot);
    }

    /// <summary>
    /// The path <see cref="MerkleTree.ConsistencyPath"/> gives from the first <paramref name="oldSize"/> leaves to the
    /// first <paramref name="size"/>.
    /// </summary>
    /// <param name="oldSize">How many leaves the old tree has.</param>
    /// <param name="size">How many leaves the new tree has; the log may be longer.</param>
    /// <param name="subtreeRoot">As for <see cref="InclusionPath"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="oldSize"/> is over <paramref name="size"/>.</exception>
    public static Hash256[] ConsistencyPath(ulong oldSize, ulong size, Func<ulong, int, Hash256> subtreeRoot)
    {
        ArgumentNullException.ThrowIfNull(subtreeRoot);
        Span<LeafRange> ranges = stackalloc LeafRange[ProofShape.RangesMax];
        return Roots(ranges[..ProofShape.Consistency(oldSize, size, ranges)], subtreeRoot);
    }

    private static Hash256[] Roots(ReadOnlySpan<LeafRange> ranges, Func<ulong, int, Hash256> subtreeRoot)
    {
        var roots = new Hash256[ranges.Length];
        for (var i = 0; i < roots.Length; i++)
            roots[i] = Root(ranges[i], subtreeRoot);
        return roots;
    }

    /// <summary>A range is complete subtrees of falling size, one for each bit of its count; they join from the right.</summary>
    private static Hash256 Root(LeafRange range, Func<ulong, int, Hash256> subtreeRoot)
    {
        var (first, left) = (range.First + range.Count, range.Count);
        var root = NextFromRight();
        while (left > 0)
            root = MerkleTree.NodeHash(NextFromRight(), root);
        return root;

        Hash256 NextFromRight()
        {
            var level = BitOperations.TrailingZeroCount(left);
            first -= 1UL << level;
            left -= 1UL << level;
            return subtreeRoot(first, level);
        }
    }
}
