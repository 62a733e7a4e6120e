using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Channels.Peers;

/// <summary>Table 8: the light client of another chain.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PeerRecord
{
    [FieldOffset(0)] public Hash256 Genesis;

    /// <summary>The hash of the newest header held; the genesis hash before the first.</summary>
    [FieldOffset(32)] public Hash256 HeaderHash;

    /// <summary>Seals the peer's blocks above <see cref="SealedSince"/>.</summary>
    [FieldOffset(64)] public PublicKey SealingKey;
    [FieldOffset(128)] public ulong Height;
    [FieldOffset(136)] public ulong TimeMs;

    /// <summary>The peer's height whose block made the key the sealing key; 0 for the key of its genesis.</summary>
    [FieldOffset(144)] public ulong SealedSince;

    /// <summary>What the peer said twice at or below this height of its own was settled by the operator.</summary>
    [FieldOffset(152)] public ulong SettledThrough;

    /// <summary>The time of this chain at which the peer was frozen; 0 when it is not.</summary>
    [FieldOffset(160)] public ulong FrozenAtMs;

    /// <summary>The peer's height at which it contradicted itself when it was frozen last.</summary>
    [FieldOffset(168)] public ulong ConflictHeight;

    /// <summary>Headers taken so far, which says where in the ring the next one goes.</summary>
    [FieldOffset(176)] public ulong Taken;
    [FieldOffset(184)] public byte NameLength;
    [FieldOffset(185)] public byte SealingScheme;
    [FieldOffset(192)] public Bytes32 Name;

    public readonly bool IsFrozen => FrozenAtMs != 0;
}

/// <summary>Table 9: a header of a peer that proofs may still rest on, in a ring of <see cref="Limits.PeerHeadersHeld"/> a peer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct PeerHeaderRecord
{
    /// <summary>0: the slot is empty.</summary>
    [FieldOffset(0)] public ulong Height;
    [FieldOffset(8)] public ulong TimeMs;
    [FieldOffset(16)] public Hash256 ChannelsRoot;
}

/// <summary>Thirty-two bytes inside a record, zero padded.</summary>
[InlineArray(32)]
internal struct Bytes32
{
    private byte _first;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public Span<byte> AsSpan() => MemoryMarshal.CreateSpan(ref _first, 32);
}
