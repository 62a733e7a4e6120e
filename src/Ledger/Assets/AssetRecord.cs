using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Actors.Ledger.Assets;

/// <summary>Table 3: an asset.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct AssetRecord
{
    public const byte Restricted = 1;

    [FieldOffset(0)] public Bytes16 Code;
    [FieldOffset(16)] public byte CodeLength;
    [FieldOffset(17)] public byte Scale;
    [FieldOffset(18)] public byte Flags;
    [FieldOffset(20)] public uint Issuer;
    [FieldOffset(24)] public ulong CreatedAt;
}

/// <summary>Sixteen bytes inside a record, zero padded.</summary>
[InlineArray(16)]
internal struct Bytes16
{
    private byte _first;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public Span<byte> AsSpan() => MemoryMarshal.CreateSpan(ref _first, 16);
}
