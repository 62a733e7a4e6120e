using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Actors.Ledger.Signing;

/// <summary>An ECDSA signature as bytes: r then s, big-endian (IEEE P1363).</summary>
[InlineArray(Size)]
public struct Signature : IEquatable<Signature>
{
    public const int Size = 64;
    private byte _first;

    public Signature(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"a signature has {Size} bytes, found {bytes.Length}", nameof(bytes));
        }

        bytes.CopyTo(MemoryMarshal.CreateSpan(ref _first, Size));
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<byte> AsSpan() => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in _first), Size);

    public readonly bool Equals(Signature other) => AsSpan().SequenceEqual(other.AsSpan());

    public override readonly bool Equals(object? obj) => obj is Signature other && Equals(other);

    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(AsSpan());

    public override readonly string ToString() => Convert.ToHexStringLower(AsSpan());

    public static bool operator ==(in Signature left, in Signature right) => left.AsSpan().SequenceEqual(right.AsSpan());

    public static bool operator !=(in Signature left, in Signature right) => !(left == right);
}
