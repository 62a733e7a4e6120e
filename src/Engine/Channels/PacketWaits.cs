using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Channels;

namespace Actors.Engine.Channels;

/// <summary>Says of a packet that is not settled what it waits for.</summary>
internal static class PacketWaits
{
    public static PacketStatus StatusOf(in PacketRecord packet) => packet.State == PacketState.TimedOut ? PacketStatus.Refunded : PacketStatus.Sent;

    /// <summary>What the channel alone says: <see cref="PacketWait.Peer"/> where it takes the time of sending to tell whether a relay has come since.</summary>
    public static PacketWait Of(ChannelView channel, in PacketRecord packet, ulong nowMs) =>
        packet.State == PacketState.TimedOut ? PacketWait.Acknowledgement
        : channel.State == ChannelState.Abandoned ? PacketWait.ChannelAbandoned
        : channel.Peer.IsFrozen ? PacketWait.PeerFrozen
        : Math.Max(nowMs, channel.Peer.HeaderTime.Ms) >= packet.TimeoutMs ? PacketWait.PeerSeal
        : channel.Paused ? PacketWait.ChannelPaused
        : PacketWait.Peer;

    /// <summary>The same with the time of the block that sent it.</summary>
    public static PacketWait Of(ChannelView channel, in PacketRecord packet, Timestamp sent, ulong nowMs) =>
        Of(channel, packet, nowMs) is var wait && wait == PacketWait.Peer && channel.Peer.HeaderTime < sent ? PacketWait.Relay : wait;

    public static bool IsStuck(PacketWait wait, bool isOld) => wait switch
    {
        PacketWait.Acknowledgement => false,
        PacketWait.Peer or PacketWait.Relay => isOld,
        _ => true,
    };
}
