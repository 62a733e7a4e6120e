using System.Runtime.InteropServices;

namespace Actors.Ledger.Channels;

/// <summary>
/// Table 13: what is remembered of a sent packet until it is settled, in a ring of slots a channel. Enough to refund it with nothing but
/// its sequence, and to find the block it was sent in.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct PacketRecord
{
    [FieldOffset(0)] public long Amount;
    [FieldOffset(8)] private ulong _senderAndState;
    [FieldOffset(16)] private ulong _timeoutAndRoute;
    [FieldOffset(24)] public ulong Height;

    public ulong Sender
    {
        readonly get => _senderAndState & Limits.TimeMsMax;
        set => _senderAndState = (_senderAndState & ~Limits.TimeMsMax) | value;
    }

    public PacketState State
    {
        readonly get => (PacketState)(byte)(_senderAndState >> 48);
        set => _senderAndState = (_senderAndState & Limits.TimeMsMax) | ((ulong)value << 48);
    }

    public ulong TimeoutMs
    {
        readonly get => _timeoutAndRoute & Limits.TimeMsMax;
        set => _timeoutAndRoute = (_timeoutAndRoute & ~Limits.TimeMsMax) | value;
    }

    /// <summary>0 for a message.</summary>
    public uint Route
    {
        readonly get => (uint)(_timeoutAndRoute >> 48);
        set => _timeoutAndRoute = (_timeoutAndRoute & Limits.TimeMsMax) | ((ulong)value << 48);
    }
}

internal enum PacketState : byte
{
    None = 0,
    Sent = 1,

    /// <summary>Refunded by a timeout before the peer acknowledged it.</summary>
    TimedOut = 2,
}
