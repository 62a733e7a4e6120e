using System.Runtime.InteropServices;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Channels;

/// <summary>
/// Table 10: where a channel stands on this chain. The same bytes are the channel's leaf under the header's channels root, so this is
/// what a header proves to the peer (docs/wire-format.md section 9).
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal struct ChannelRecord
{
    public const int Size = 192;

    [FieldOffset(0)] public uint Number;
    [FieldOffset(4)] public uint Peer;

    /// <summary>The channel's number on the peer; 0 until the opening has shown it.</summary>
    [FieldOffset(8)] public uint PeerChannel;
    [FieldOffset(12)] public ChannelState State;
    [FieldOffset(13)] public ChannelFlags Flags;
    [FieldOffset(16)] public uint InFlightMax;

    /// <summary>Packets above <see cref="Settled"/> that a timeout has refunded.</summary>
    [FieldOffset(20)] public uint TimedOut;

    /// <summary>The first of the channel's slots in the table of packets.</summary>
    [FieldOffset(24)] public ulong FirstSlot;

    /// <summary>Packets sent, and the sequence of the last one.</summary>
    [FieldOffset(32)] public ulong Sent;

    /// <summary>Packets up to this sequence have been acknowledged.</summary>
    [FieldOffset(40)] public ulong Settled;

    /// <summary>Packets received, accepted or not.</summary>
    [FieldOffset(48)] public ulong Received;

    /// <summary>Acknowledgements written.</summary>
    [FieldOffset(56)] public ulong Acknowledged;

    /// <summary>The peer's acknowledgements consumed.</summary>
    [FieldOffset(64)] public ulong Consumed;

    /// <summary>The height whose block wrote the last acknowledgement; 0 before the first.</summary>
    [FieldOffset(72)] public ulong AcknowledgedAt;
    [FieldOffset(80)] public Hash256 PacketsRoot;
    [FieldOffset(112)] public Hash256 AcknowledgementsRoot;
    [FieldOffset(144)] public Hash256 PeerGenesis;

    public readonly bool IsPaused => (Flags & ChannelFlags.Paused) != 0;

    /// <summary>The slot of a packet that is not settled; another packet has it later.</summary>
    public readonly ulong SlotOf(ulong sequence) => FirstSlot + ((sequence - 1) % InFlightMax);
}

/// <summary>How far the opening of a channel has come; names as in IBC.</summary>
public enum ChannelState : byte
{
    None = 0,

    /// <summary>Opened here; the peer has not been shown to answer.</summary>
    Init = 1,

    /// <summary>Opened here in answer to a channel of the peer, which has not been shown to know.</summary>
    Try = 2,
    Open = 3,

    /// <summary>Given up by the operator: what is unsettled is refunded without proof.</summary>
    Abandoned = 4,
}

[Flags]
public enum ChannelFlags : byte
{
    None = 0,

    /// <summary>Neither sends nor receives; what was sent is settled all the same.</summary>
    Paused = 1,
}
