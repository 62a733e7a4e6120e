using System.Buffers.Binary;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>Up to 16 bytes that a client puts on a transfer to find it again; the default value is none.</summary>
public readonly record struct Reference
{
    private readonly UInt128 _bits;

    public Reference(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Limits.ReferenceBytesMax)
        {
            throw new ArgumentException($"a reference has at most {Limits.ReferenceBytesMax} bytes, found {bytes.Length}", nameof(bytes));
        }

        Span<byte> padded = stackalloc byte[Limits.ReferenceBytesMax];
        padded.Clear();
        bytes.CopyTo(padded);
        _bits = BinaryPrimitives.ReadUInt128BigEndian(padded);
        Length = (byte)bytes.Length;
    }

    public byte Length { get; }

    public bool IsNone => Length == 0;

    public byte[] ToArray()
    {
        var padded = new byte[Limits.ReferenceBytesMax];
        CopyPadded(padded);
        return padded[..Length];
    }

    internal void CopyPadded(Span<byte> into) => BinaryPrimitives.WriteUInt128BigEndian(into, _bits);

    internal static Reference Read(ref WireReader reader) => new(reader.Bytes8(1, Limits.ReferenceBytesMax, "reference"));

    internal void Write(WireWriter writer) => writer.Bytes8(ToArray());

    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
