using System.Buffers.Binary;
using System.Numerics;

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
    public void Append(in Hash256 leafHash)
    {
        var next = checked(Count + 1);
        var root = leafHash;
        var subtrees = Subtrees;
        // Adding one carries through the trailing ones of the count, and each carry joins two subtrees of a size.
        for (var level = BitOperations.TrailingZeroCount(next); level > 0; level--)
            root = MerkleTree.NodeHash(_subtreeRoots[--subtrees], root);
        _subtreeRoots[subtrees] = root;
        Count = next;
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

    private static int LengthOf(ulong count) => sizeof(ulong) + BitOperations.PopCount(count) * Hash256.Size;
}
