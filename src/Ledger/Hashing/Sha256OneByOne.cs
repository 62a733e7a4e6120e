using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Actors.Ledger.Hashing;

/// <summary>The system's SHA-256, one message a call: for single messages, for long ones, and for machines without AVX2.</summary>
internal static class Sha256OneByOne
{
    /// <summary>Up to this many bytes of data, tag and data are joined on the stack; beyond it hashing allocates.</summary>
    private const int JoinedBytesMax = 8 * 1024;

    public static Hash256 Of(ReadOnlySpan<byte> message)
    {
        Unsafe.SkipInit(out Hash256 hash);
        SHA256.HashData(message, Hash256.BytesOf(ref hash));
        return hash;
    }

    [SkipLocalsInit]
    public static Hash256 Of(byte tag, ReadOnlySpan<byte> data)
    {
        if (data.Length > JoinedBytesMax)
            return OfLong(tag, data);
        Span<byte> message = stackalloc byte[Sha256Padding.TagBytes + JoinedBytesMax];
        message[0] = tag;
        data.CopyTo(message[Sha256Padding.TagBytes..]);
        return Of(message[..(Sha256Padding.TagBytes + data.Length)]);
    }

    [SkipLocalsInit]
    public static Hash256 OfPair(byte tag, in Hash256 left, in Hash256 right)
    {
        Span<byte> message = stackalloc byte[Sha256Padding.TagBytes + 2 * Hash256.Size];
        message[0] = tag;
        left.CopyTo(message[Sha256Padding.TagBytes..]);
        right.CopyTo(message[(Sha256Padding.TagBytes + Hash256.Size)..]);
        return Of(message);
    }

    public static void PairsOf(byte tag, ReadOnlySpan<Hash256> children, Span<Hash256> parents)
    {
        for (var i = 0; i < parents.Length; i++)
            parents[i] = OfPair(tag, children[2 * i], children[2 * i + 1]);
    }

    public static void ManyOf(byte tag, ReadOnlySpan<byte> data, ReadOnlySpan<int> ends, Span<Hash256> hashes)
    {
        var start = 0;
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Of(tag, data[start..ends[i]]);
            start = ends[i];
        }
    }

    public static void ManyFixed(byte tag, ReadOnlySpan<byte> data, int size, Span<Hash256> hashes)
    {
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = Of(tag, data.Slice(i * size, size));
    }

    private static Hash256 OfLong(byte tag, ReadOnlySpan<byte> data)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData([tag]);
        sha.AppendData(data);
        Unsafe.SkipInit(out Hash256 hash);
        sha.GetHashAndReset(Hash256.BytesOf(ref hash));
        return hash;
    }
}
