using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Actors.Ledger.Signing;

/// <summary>A P-256 public key as bytes: X then Y, big-endian. Whether the point is on the curve is found when it is used.</summary>
[InlineArray(Size)]
public struct PublicKey : IEquatable<PublicKey>
{
    public const int Size = 64;
    private byte _first;

    public PublicKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"a key has {Size} bytes, found {bytes.Length}", nameof(bytes));
        }

        bytes.CopyTo(MemoryMarshal.CreateSpan(ref _first, Size));
    }

    public static bool TryParse(string? hex, out PublicKey key)
    {
        key = default;
        if (hex is not { Length: Size * 2 })
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        if (Convert.FromHexString(hex, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        key = new PublicKey(bytes);
        return true;
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<byte> AsSpan() => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in _first), Size);

    public readonly bool Equals(PublicKey other) => AsSpan().SequenceEqual(other.AsSpan());

    public override readonly bool Equals(object? obj) => obj is PublicKey other && Equals(other);

    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(AsSpan());

    public override readonly string ToString() => Convert.ToHexStringLower(AsSpan());

    public static bool operator ==(in PublicKey left, in PublicKey right) => left.AsSpan().SequenceEqual(right.AsSpan());

    public static bool operator !=(in PublicKey left, in PublicKey right) => !(left == right);
}
