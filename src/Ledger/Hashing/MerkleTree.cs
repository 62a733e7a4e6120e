using System.Buffers;

namespace Actors.Ledger.Hashing;

/// <summary>
/// The tree of RFC 6962 over a list of leaves. A root fixes every leaf and their order; showing one leaf by sending all of
/// them would cost as much as the list. The tree makes that a path: one hash a level, under 20 for a million leaves.
/// A leaf is hashed as <c>SHA(0x00 || leaf)</c>, a node as <c>SHA(0x01 || left || right)</c>; the left subtree of n leaves
/// holds the largest power of two smaller than n. Pairing level by level and carrying an odd last node up unchanged is
/// the same tree.
/// </summary>
public static class MerkleTree
{
    private const byte LeafTag = 0x00;
    private const byte NodeTag = 0x01;

    /// <summary>The root over no leaves: <c>SHA("")</c>.</summary>
    public static Hash256 EmptyRoot { get; } = Sha256.Of([]);

    /// <summary><c>SHA(0x00 || leaf)</c>.</summary>
    public static Hash256 LeafHash(ReadOnlySpan<byte> leaf) => Sha256.Of(LeafTag, leaf);

    /// <summary><c>SHA(0x01 || left || right)</c>.</summary>
    public static Hash256 NodeHash(in Hash256 left, in Hash256 right) => Sha256.OfPair(NodeTag, left, right);

    /// <summary>The leaf hashes of leaves that lie one after the other; leaf i ends before <c>ends[i]</c>.</summary>
    /// <exception cref="ArgumentException">As <see cref="Sha256.ManyOf"/>.</exception>
    public static void LeafHashes(ReadOnlySpan<byte> data, ReadOnlySpan<int> ends, Span<Hash256> hashes) =>
        Sha256.ManyOf(LeafTag, data, ends, hashes);

    /// <summary>The root over <paramref name="leafHashes"/>, which are left as they are.</summary>
    public static Hash256 Root(ReadOnlySpan<Hash256> leafHashes)
    {
        if (leafHashes.Length <= 1)
            return leafHashes.IsEmpty ? EmptyRoot : leafHashes[0];

        var rented = ArrayPool<Hash256>.Shared.Rent((leafHashes.Length + 1) / 2);
        var count = Reduce(leafHashes, rented);
        while (count > 1)
            count = Reduce(rented.AsSpan(0, count), rented);
        var root = rented[0];
        ArrayPool<Hash256>.Shared.Return(rented);
        return root;
    }

    /// <summary>The siblings of leaf <paramref name="index"/> from the leaf up (RFC 6962, 2.1.1); none in a tree of
    /// one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static Hash256[] InclusionPath(ReadOnlySpan<Hash256> leafHashes, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Span<LeafRange> ranges = stackalloc LeafRange[ProofShape.RangesMax];
        return Roots(leafHashes, ranges[..ProofShape.Inclusion((ulong)index, (ulong)leafHashes.Length, ranges)]);
    }

    /// <summary>
    /// The root that <paramref name="path"/> leads to from leaf <paramref name="index"/> of a tree of
    /// <paramref name="size"/> (RFC 9162, 2.1.3.2). It proves something only once compared with a root that is trusted.
    /// False when there is no such leaf, or its path has another length.
    /// </summary>
    public static bool TryRootFromPath(
        in Hash256 leafHash, ulong index, ulong size, ReadOnlySpan<Hash256> path, out Hash256 root) =>
        ProofCheck.TryRootFromPath(leafHash, index, size, path, out root);

    /// <summary>
    /// The proof that the tree over the first <paramref name="oldSize"/> leaves is a prefix of this one (RFC 6962, 2.1.2).
    /// Empty when the old tree was, and when nothing was added.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="oldSize"/> is negative or over the number of
    /// leaves.</exception>
    public static Hash256[] ConsistencyPath(ReadOnlySpan<Hash256> leafHashes, int oldSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        Span<LeafRange> ranges = stackalloc LeafRange[ProofShape.RangesMax];
        return Roots(leafHashes, ranges[..ProofShape.Consistency((ulong)oldSize, (ulong)leafHashes.Length, ranges)]);
    }

    /// <summary>
    /// Whether <paramref name="path"/> proves that the tree with <paramref name="newRoot"/> begins with the leaves of the
    /// tree with <paramref name="oldRoot"/> (RFC 9162, 2.1.4.2). Every tree begins with the empty one.
    /// </summary>
    public static bool VerifyConsistency(
        ulong oldSize, ulong newSize, in Hash256 oldRoot, in Hash256 newRoot, ReadOnlySpan<Hash256> path) =>
        ProofCheck.VerifyConsistency(oldSize, newSize, oldRoot, newRoot, path);

    /// <summary>
    /// What somebody who holds the right edge of the first <paramref name="from"/> leaves needs beside it to find the root of all
    /// <paramref name="size"/>: the roots of what lies to the right, from the boundary up. Empty when there is nothing there.
    /// </summary>
    /// <param name="from">How many leaves the edge is of, at least 1.</param>
    /// <param name="size">How many leaves the tree has.</param>
    /// <param name="rest">The leaf hashes from <paramref name="from"/> on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are out of order or do not fit the leaves.</exception>
    public static Hash256[] ExtensionPath(ulong from, ulong size, ReadOnlySpan<Hash256> rest)
    {
        ArgumentOutOfRangeException.ThrowIfZero(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, size);
        ArgumentOutOfRangeException.ThrowIfNotEqual((ulong)rest.Length, size - from);
        Span<LeafRange> ranges = stackalloc LeafRange[ProofShape.RangesMax];
        Span<bool> isRight = stackalloc bool[ProofShape.RangesMax];
        var steps = ProofShape.Extension(from, size, ranges, isRight);
        var path = new List<Hash256>();
        for (var i = 0; i < steps; i++)
        {
            if (isRight[i])
                path.Add(Root(rest.Slice((int)(ranges[i].First - from), (int)ranges[i].Count)));
        }
        return [.. path];
    }

    /// <summary>Writes the level above <paramref name="nodes"/> and returns its length; in place when they start at the
    /// same element.</summary>
    private static int Reduce(ReadOnlySpan<Hash256> nodes, Span<Hash256> parents)
    {
        var pairs = nodes.Length / 2;
        Sha256.PairsOf(NodeTag, nodes[..(2 * pairs)], parents[..pairs]);
        if (nodes.Length == 2 * pairs)
            return pairs;
        parents[pairs] = nodes[^1];
        return pairs + 1;
    }

    private static Hash256[] Roots(ReadOnlySpan<Hash256> leafHashes, ReadOnlySpan<LeafRange> ranges)
    {
        var roots = new Hash256[ranges.Length];
        for (var i = 0; i < roots.Length; i++)
            roots[i] = Root(leafHashes.Slice((int)ranges[i].First, (int)ranges[i].Count));
        return roots;
    }
}
