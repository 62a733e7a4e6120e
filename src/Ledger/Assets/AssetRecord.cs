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

    /// <summary>Of a voucher: the channel it came over; 0 for an asset of this chain.</summary>
    [FieldOffset(32)] public uint Channel;

    /// <summary>Of a voucher: the number of the original on the peer of that channel, where it may be a voucher in turn.</summary>
    [FieldOffset(36)] public uint PeerAsset;
}

/// <summary>Sixteen bytes inside a record, zero padded.</summary>
[InlineArray(16)]
internal struct Bytes16
{
    private byte _first;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public Span<byte> AsSpan() => MemoryMarshal.CreateSpan(ref _first, 16);
}
