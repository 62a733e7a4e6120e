using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Actors.Ledger.Hashing;

/// <summary>
/// The right edge of an RFC 6962 tree that only grows: enough to append leaves and to tell the root at any time, in
/// O(log n) memory. It holds the roots of the complete subtrees that n leaves break into, one for each bit set in n, the
/// largest (leftmost) first. Not safe for concurrent use.
/// </summary>
public sealed class MerkleFrontier
{
    private const int SubtreesMax = 64;

    private readonly Hash256[] _subtreeRoots = new Hash256[SubtreesMax];

    /// <summary>The number of leaves appended.</summary>
    public ulong Count { get; private set; }

    /// <summary>The number of bytes <see cref="Encode"/> writes: 8, and 32 for each bit set in <see cref="Count"/>.</summary>
    public int EncodedLength => LengthOf(Count);

    private int Subtrees => BitOperations.PopCount(Count);

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="FormatException">The length does not fit the count in front.</exception>
    public static MerkleFrontier Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length < sizeof(ulong))
            throw new FormatException($"A frontier is at least {sizeof(ulong)} bytes, found {encoded.Length}.");
        var count = BinaryPrimitives.ReadUInt64BigEndian(encoded);
        if (encoded.Length != LengthOf(count))
            throw new FormatException(
                $"A frontier of {count} leaves is {LengthOf(count)} bytes, found {encoded.Length}.");

        var frontier = new MerkleFrontier { Count = count };
        for (var i = 0; i < frontier.Subtrees; i++)
            frontier._subtreeRoots[i] = new Hash256(encoded.Slice(sizeof(ulong) + i * Hash256.Size, Hash256.Size));
        return frontier;
    }

    /// <summary>Adds a leaf on the right; 1 hash on average, at most 64.</summary>
    /// <exception cref="OverflowException">The tree holds 2^64 - 1 leaves already.</exception>
    public void Append(in Hash256 leafHash) => AppendSubtree(leafHash, level: 0);

    /// <summary>Adds leaves in order; complete subtrees among them are hashed level by level, many nodes at once.</summary>
    /// <exception cref="OverflowException">The tree would hold more than 2^64 - 1 leaves.</exception>
    public void AppendRange(ReadOnlySpan<Hash256> leafHashes)
    {
        while (!leafHashes.IsEmpty)
        {
            var level = Math.Min(BitOperations.TrailingZeroCount(Count), BitOperations.Log2((uint)leafHashes.Length));
            AppendSubtree(MerkleTree.Root(leafHashes[..(1 << level)]), level);
            leafHashes = leafHashes[(1 << level)..];
        }
    }

    /// <summary>
    /// The root of a tree of <paramref name="size"/> leaves that begins with these and goes on with what <paramref name="right"/>
    /// stands for: the path of <see cref="MerkleTree.ExtensionPath"/>. False when the path has another length or the tree would be shorter.
    /// </summary>
    public bool TryRootAt(ulong size, ReadOnlySpan<Hash256> right, out Hash256 root)
    {
        root = default;
        Span<LeafRange> ranges = stackalloc LeafRange[ProofShape.RangesMax];
        Span<bool> isRight = stackalloc bool[ProofShape.RangesMax];
        if (size < Count || Count == 0)
            return false;
        var steps = ProofShape.Extension(Count, size, ranges, isRight);
        var rights = 0;
        foreach (var step in isRight[..steps])
            rights += step ? 1 : 0;
        if (rights != right.Length)
            return false;

        // From the boundary up: what lies left of it are our own subtrees, the smallest first; the rest is the path.
        var left = Subtrees - 1;
        root = _subtreeRoots[left--];
        var next = 0;
        for (var i = 0; i < steps; i++)
            root = isRight[i] ? MerkleTree.NodeHash(root, right[next++]) : MerkleTree.NodeHash(_subtreeRoots[left--], root);
        return true;
    }

    /// <summary>The root over the leaves so far, <see cref="MerkleTree.EmptyRoot"/> before the first.</summary>
    public Hash256 Root()
    {
        if (Count == 0)
            return MerkleTree.EmptyRoot;
        var root = _subtreeRoots[Subtrees - 1];
        for (var i = Subtrees - 2; i >= 0; i--)
            root = MerkleTree.NodeHash(_subtreeRoots[i], root);
        return root;
    }

    /// <summary>A frontier of the same leaves that grows apart from this one.</summary>
    public MerkleFrontier Clone()
    {
        var clone = new MerkleFrontier { Count = Count };
        _subtreeRoots.AsSpan(0, Subtrees).CopyTo(clone._subtreeRoots);
        return clone;
    }

    /// <summary>
    /// Writes <see cref="Count"/> as 8 bytes, big end first, then the subtree roots from the left, to the start of
    /// <paramref name="destination"/>.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than
    /// <see cref="EncodedLength"/>.</exception>
    public void Encode(Span<byte> destination)
    {
        if (destination.Length < EncodedLength)
            throw new ArgumentException(
                $"This frontier takes {EncodedLength} bytes, found {destination.Length}.", nameof(destination));
        BinaryPrimitives.WriteUInt64BigEndian(destination, Count);
        for (var i = 0; i < Subtrees; i++)
            _subtreeRoots[i].CopyTo(destination[(sizeof(ulong) + i * Hash256.Size)..]);
    }

    /// <summary>Takes the roots of the complete subtrees of <paramref name="count"/> leaves, the largest first, as <see cref="StoreRoots"/> wrote them.</summary>
    internal static MerkleFrontier LoadRoots(ulong count, ReadOnlySpan<byte> roots)
    {
        var frontier = new MerkleFrontier { Count = count };
        MemoryMarshal.Cast<byte, Hash256>(roots)[..frontier.Subtrees].CopyTo(frontier._subtreeRoots);
        return frontier;
    }

    /// <summary>Writes the subtree roots, the largest first, and zeroes what is left of <paramref name="roots"/>.</summary>
    internal void StoreRoots(Span<byte> roots)
    {
        roots.Clear();
        _subtreeRoots.AsSpan(0, Subtrees).CopyTo(MemoryMarshal.Cast<byte, Hash256>(roots));
    }

    // Adding 2^level carries through the ones of the count above it, and each carry joins two subtrees of a size.
    private void AppendSubtree(in Hash256 subtree, int level)
    {
        var next = checked(Count + (1UL << level));
        var root = subtree;
        var subtrees = Subtrees;
        for (var carries = BitOperations.TrailingZeroCount(next) - level; carries > 0; carries--)
            root = MerkleTree.NodeHash(_subtreeRoots[--subtrees], root);
        _subtreeRoots[subtrees] = root;
        Count = next;
    }

    private static int LengthOf(ulong count) => sizeof(ulong) + BitOperations.PopCount(count) * Hash256.Size;
}
