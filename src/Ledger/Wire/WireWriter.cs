using System.Buffers.Binary;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Wire;

/// <summary>
/// Writes the primitives of docs/wire-format.md section 1 into a buffer that it owns and grows. Reused with
/// <see cref="Clear"/>; spans it handed out are valid until the next write.
/// </summary>
public sealed class WireWriter(int capacity = 256)
{
    private byte[] _buffer = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written past <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = length <= Length ? length : throw new ArgumentOutOfRangeException(nameof(length));

    public void U8(byte value) => Grow(1)[0] = value;

    public void U16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Grow(2), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Grow(4), value);

    public void U48(ulong value)
    {
        var span = Grow(6);
        BinaryPrimitives.WriteUInt16BigEndian(span, checked((ushort)(value >> 32)));
        BinaryPrimitives.WriteUInt32BigEndian(span[2..], (uint)value);
    }

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Grow(8), value);

    public void Hash(in Hash256 value) => value.CopyTo(Grow(Hash256.Size));

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            U8((byte)(value | 0x80));
            value >>= 7;
        }

        U8((byte)value);
    }

    public void Zigzag(long value) => Varint(((ulong)value << 1) ^ (ulong)(value >> 63));

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Grow(value.Length));

    public void Bytes8(ReadOnlySpan<byte> value)
    {
        U8(checked((byte)value.Length));
        Bytes(value);
    }

    public void Bytes32(ReadOnlySpan<byte> value)
    {
        U32((uint)value.Length);
        Bytes(value);
    }

    /// <summary>A varint length, then the bytes.</summary>
    public void Sized(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        Bytes(value);
    }

    private Span<byte> Grow(int length)
    {
        if (_buffer.Length - Length < length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, checked(Length + length)));
        }

        var span = _buffer.AsSpan(Length, length);
        Length += length;
        return span;
    }
}
