using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Actors.Ledger.Hashing;

/// <summary>
/// A SHA-256 hash: 32 bytes held inline, in the order SHA-256 writes them. A <c>Span&lt;Hash256&gt;</c> can be read and
/// written as bytes with <see cref="MemoryMarshal.AsBytes{T}(Span{T})"/>; there is no padding and no byte swap.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>The length of a hash, in bytes.</summary>
    public const int Size = 32;

    // Four words compare in four instructions; they are never read as numbers, so byte order plays no part.
    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    /// <summary>Copies the hash out of <paramref name="bytes"/>, which must be exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"A hash is {Size} bytes, found {bytes.Length}.", nameof(bytes));
        this = MemoryMarshal.Read<Hash256>(bytes);
    }

    /// <summary>32 zero bytes: no message is known to hash to it, so it can stand for "none".</summary>
    public static Hash256 Zero => default;

    /// <summary>Reads 64 hex digits of either case.</summary>
    /// <exception cref="FormatException"><paramref name="hex"/> is anything else.</exception>
    public static Hash256 Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return TryParse(hex, out var hash)
            ? hash
            : throw new FormatException($"A hash is {2 * Size} hex digits, found '{hex}'.");
    }

    /// <summary>Reads 64 hex digits of either case; false, and <see cref="Zero"/>, for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Hash256 hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (hex.Length != 2 * Size || Convert.FromHexString(hex, bytes, out _, out _) != OperationStatus.Done)
            return false;
        hash = new Hash256(bytes);
        return true;
    }

    public static bool operator ==(in Hash256 left, in Hash256 right) =>
        left._word0 == right._word0 && left._word1 == right._word1
        && left._word2 == right._word2 && left._word3 == right._word3;

    public static bool operator !=(in Hash256 left, in Hash256 right) => !(left == right);

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => AsSpan().CopyTo(destination);

    /// <summary>The 32 bytes in place, not a copy: the span lives no longer than the variable that holds the hash.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> AsSpan() => MemoryMarshal.AsBytes(new ReadOnlySpan<Hash256>(in this));

    /// <summary>The 32 bytes in a new array, which the caller owns.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <summary>64 lower-case hex digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(AsSpan());

    public bool Equals(Hash256 other) => this == other;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Hash256 other && this == other;

    /// <summary>Folds the first 8 bytes: they are uniform already, and mixing in the rest would add nothing.</summary>
    public override int GetHashCode() => _word0.GetHashCode();

    /// <summary>The bytes of <paramref name="hash"/> to be written in place, for the hash functions of this folder.</summary>
    internal static Span<byte> BytesOf(ref Hash256 hash) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref hash, 1));
}
