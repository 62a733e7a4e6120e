using System.Buffers.Binary;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Wire;

/// <summary>
/// Reads the primitives of docs/wire-format.md section 1 from a span that the caller owns. Every read is bounds-checked and
/// accepts one encoding only; anything else throws <see cref="MalformedException"/> and names the offset.
/// </summary>
public ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private const int VarintBytesMax = 10;
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Offset of the next byte.</summary>
    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong U48()
    {
        var bytes = Take(6);
        return ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
    }

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public Hash256 Hash() => new(Take(Hash256.Size));

    /// <summary>Unsigned LEB128 in its shortest form.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < VarintBytesMax; i++)
        {
            var next = U8();
            if (i == VarintBytesMax - 1 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return next == 0 && i > 0 ? throw Overlong() : value;
            }
        }

        throw new MalformedException($"number at offset {Position} does not fit in 64 bits");
    }

    /// <summary>A varint that must lie in [min, max]; <paramref name="what"/> names it in the error.</summary>
    public ulong Varint(ulong min, ulong max, string what)
    {
        var value = Varint();
        return value >= min && value <= max ? value : throw OutOfRange(what, value, min, max);
    }

    public long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A slice of the input, not a copy.</summary>
    public ReadOnlySpan<byte> Bytes(int length) => Take(length);

    /// <summary>A byte string with a one-byte length in [min, max].</summary>
    public ReadOnlySpan<byte> Bytes8(int min, int max, string what)
    {
        var length = U8();
        return length >= min && length <= max ? Take(length) : throw OutOfRange(what + " length", length, (ulong)min, (ulong)max);
    }

    /// <summary>A byte string with a four-byte length of at most <paramref name="max"/>.</summary>
    public ReadOnlySpan<byte> Bytes32(int max, string what)
    {
        var length = U32();
        return length <= (uint)max ? Take((int)length) : throw OutOfRange(what + " length", length, 0, (ulong)max);
    }

    /// <summary>Throws unless every byte was read.</summary>
    public readonly void End(string what)
    {
        if (Remaining != 0)
        {
            throw new MalformedException($"{Remaining} bytes left over after the {what}");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)Remaining)
        {
            throw new MalformedException($"expected {length} bytes at offset {Position}, found {Remaining}");
        }

        var taken = _bytes.Slice(Position, length);
        Position += length;
        return taken;
    }

    private readonly MalformedException Overlong() => new($"number before offset {Position} is not in its shortest form");

    private readonly MalformedException OutOfRange(string what, ulong value, ulong min, ulong max) =>
        new($"{what} before offset {Position} is {value}, expected {min} to {max}");
}
