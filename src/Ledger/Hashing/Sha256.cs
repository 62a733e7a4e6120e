using System.Runtime.InteropServices;

namespace Actors.Ledger.Hashing;

/// <summary>
/// SHA-256 (FIPS 180-4), alone and in batches. A batch gives the very bytes that hashing its messages one by one would;
/// it exists because a tree is thousands of short messages, on which most of the time goes into the call. Where the machine
/// has AVX2, eight share a pass. A tag is one byte put before the message, so that a leaf is never taken for a node.
/// </summary>
public static class Sha256
{
    [ThreadStatic]
    private static ulong _hashed;

    /// <summary>Messages that this thread has hashed: how costs are counted that do not hang on the machine's mood.</summary>
    internal static ulong Hashed => _hashed;

    /// <summary><c>SHA(data)</c>, no tag.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> data)
    {
        _hashed++;
        return Sha256OneByOne.Of(data);
    }

    /// <summary><c>SHA(tag || data)</c>. Allocates nothing for data up to 8 KiB.</summary>
    public static Hash256 Of(byte tag, ReadOnlySpan<byte> data)
    {
        _hashed++;
        return Sha256OneByOne.Of(tag, data);
    }

    /// <summary><c>SHA(tag || left || right)</c>, a message of 65 bytes.</summary>
    public static Hash256 OfPair(byte tag, in Hash256 left, in Hash256 right)
    {
        _hashed++;
        return Sha256OneByOne.OfPair(tag, left, right);
    }

    /// <summary>
    /// One level of a tree: <c>parents[i] = SHA(tag || children[2i] || children[2i + 1])</c>. The parents may overwrite
    /// the children from the first on, which reduces a level in place; any other overlap is refused.
    /// </summary>
    /// <exception cref="ArgumentException">There are not exactly two children to a parent, or the spans overlap
    /// otherwise.</exception>
    public static void PairsOf(byte tag, ReadOnlySpan<Hash256> children, Span<Hash256> parents)
    {
        if (children.Length != 2L * parents.Length)
            throw new ArgumentException(
                $"{parents.Length} parents have {2L * parents.Length} children, found {children.Length}.", nameof(children));
        if (children.Overlaps(parents, out var offset) && offset != 0)
            throw new ArgumentException(
                $"Parents may overlap their children from the first only, found {offset} further on.", nameof(parents));

        _hashed += (ulong)parents.Length;
        if (Sha256Lanes.IsSupported)
            Sha256Batches.ManyFixed(tag, MemoryMarshal.AsBytes(children), 2 * Hash256.Size, parents);
        else
            Sha256OneByOne.PairsOf(tag, children, parents);
    }

    /// <summary>
    /// Messages of any lengths: <c>hashes[i] = SHA(tag || data[ends[i - 1]..ends[i]])</c>, the first from 0. They may come
    /// in any order of length. <paramref name="hashes"/> must not overlap <paramref name="data"/>.
    /// </summary>
    /// <exception cref="ArgumentException">There is not exactly one end to a hash.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An end is past the data or before the end of the previous
    /// message; some hashes may have been written.</exception>
    public static void ManyOf(byte tag, ReadOnlySpan<byte> data, ReadOnlySpan<int> ends, Span<Hash256> hashes)
    {
        if (ends.Length != hashes.Length)
            throw new ArgumentException($"{hashes.Length} hashes need as many ends, found {ends.Length}.", nameof(ends));

        _hashed += (ulong)hashes.Length;
        if (Sha256Lanes.IsSupported)
            Sha256Batches.ManyOf(tag, data, ends, hashes);
        else
            Sha256OneByOne.ManyOf(tag, data, ends, hashes);
    }

    /// <summary>
    /// Messages of <paramref name="size"/> bytes each, one after the other: <c>hashes[i] = SHA(tag || message i)</c>.
    /// <paramref name="hashes"/> must not overlap <paramref name="data"/>.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="data"/> is not <paramref name="size"/> bytes a hash.</exception>
    public static void ManyFixed(byte tag, ReadOnlySpan<byte> data, int size, Span<Hash256> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (data.Length != (long)size * hashes.Length)
            throw new ArgumentException(
                $"{hashes.Length} messages of {size} bytes are {(long)size * hashes.Length} bytes, found {data.Length}.",
                nameof(data));

        _hashed += (ulong)hashes.Length;
        if (Sha256Lanes.IsSupported)
            Sha256Batches.ManyFixed(tag, data, size, hashes);
        else
            Sha256OneByOne.ManyFixed(tag, data, size, hashes);
    }
}
