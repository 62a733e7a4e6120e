using System.Numerics;

namespace Actors.Ledger.Hashing;

/// <summary>
/// Which ranges of leaves a proof is made of, in the order of the proof. The shape depends on sizes only, so the proof over
/// leaves in memory and the one over stored subtrees differ in nothing but how they find the root of a range.
/// </summary>
internal static class ProofShape
{
    /// <summary>A tree of up to 2^64 - 1 leaves has 64 levels, a consistency path one hash more, an extension at most two a level.</summary>
    public const int RangesMax = 130;

    /// <summary>PATH(m, D[n]) of RFC 6962, 2.1.1: the siblings from the leaf up. Returns how many were written.</summary>
    public static int Inclusion(ulong index, ulong size, Span<LeafRange> ranges)
    {
        if (index >= size)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"A tree of {size} has no such leaf.");

        // Found from the root down, so the last found comes first.
        var count = 0;
        for (var tree = new LeafRange(0, size); tree.Count > 1;)
        {
            var (left, right) = Split(tree);
            (tree, ranges[count++]) = index < right.First ? (left, right) : (right, left);
        }
        ranges[..count].Reverse();
        return count;
    }

    /// <summary>
    /// PROOF(m, D[n]) of RFC 6962, 2.1.2. From an empty tree, or from a tree to itself, there is nothing to prove and the
    /// path is empty. Returns how many ranges were written.
    /// </summary>
    public static int Consistency(ulong oldSize, ulong size, Span<LeafRange> ranges)
    {
        if (oldSize > size)
            throw new ArgumentOutOfRangeException(nameof(oldSize), oldSize, $"A tree of {size} was never that long.");
        if (oldSize == 0)
            return 0;

        var count = 0;
        var tree = new LeafRange(0, size);
        while (tree.First + tree.Count != oldSize)
        {
            var (left, right) = Split(tree);
            (tree, ranges[count++]) = oldSize <= right.First ? (left, right) : (right, left);
        }
        // The verifier has the root of the old tree; it needs the last piece of it only if that is not the whole.
        if (tree.First > 0)
            ranges[count++] = tree;
        ranges[..count].Reverse();
        return count;
    }

    /// <summary>
    /// How the tree of <paramref name="size"/> is put together from the complete subtrees of its first <paramref name="from"/> leaves (at least
    /// 1) and the rest, in the order of hashing: the smallest of those subtrees stands first, and each step joins a range on its left, which is one of
    /// them, or on its right. Returns how many steps were written.
    /// </summary>
    public static int Extension(ulong from, ulong size, Span<LeafRange> ranges, Span<bool> isRight)
    {
        var count = 0;
        var tree = new LeafRange(0, size);
        while (tree.First + tree.Count != from)
        {
            var (left, right) = Split(tree);
            isRight[count] = from <= right.First;
            (tree, ranges[count++]) = from <= right.First ? (left, right) : (right, left);
        }

        // What is left ends at the boundary; unless it is one of the complete subtrees it breaks into several.
        while (!BitOperations.IsPow2(tree.Count))
        {
            var (left, right) = Split(tree);
            isRight[count] = false;
            (tree, ranges[count++]) = (right, left);
        }

        ranges[..count].Reverse();
        isRight[..count].Reverse();
        return count;
    }

    /// <summary>The left subtree holds the largest power of two smaller than the count, which must be over 1.</summary>
    private static (LeafRange Left, LeafRange Right) Split(LeafRange tree)
    {
        var left = 1UL << BitOperations.Log2(tree.Count - 1);
        return (tree with { Count = left }, new LeafRange(tree.First + left, tree.Count - left));
    }
}
