using Actors.Engine;
using Actors.Engine.Faults;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Gateway.Channels;

/// <summary>What the other side of a channel can add to what is told of a packet, where its chain is on this node too. Told only, never relied on.</summary>
internal static class OtherSide
{
    /// <summary>The channel as the peer has it; null if its chain is not on this node, or cannot be read now.</summary>
    public static async ValueTask<ChannelView?> FindAsync(ILedgerNode node, string name, Hash256 genesis, uint channel, CancellationToken cancellation)
    {
        try
        {
            var peer = await node.FindChainAsync(ChainId.Parse(name), cancellation);
            return peer?.Genesis.Hash == genesis ? await peer.Channels.GetAsync(channel, current: false, cancellation) : null;
        }
        catch (EngineFaultException)
        {
            return null;
        }
    }

    /// <summary>A packet that the peer has taken is received; one that it has not waits for its operator where the channel is paused there.</summary>
    public static DeliveryView Tell(DeliveryView delivery, ChannelView other) =>
        delivery.Sequence <= other.Received ? delivery with { State = DeliveryState.Received }
        : other.Paused && IsOpen(delivery.Wait) ? delivery with { Wait = PacketWait.PeerPaused }
        : delivery;

    public static PacketView Tell(PacketView packet, ChannelView? other) =>
        other is { Paused: true } && packet.Sequence > other.Received && IsOpen(packet.Wait)
            ? packet with { Wait = PacketWait.PeerPaused, IsStuck = true }
            : packet;

    /// <summary>Only a relay and the peer are missing: what is known here is no reason.</summary>
    private static bool IsOpen(PacketWait? wait) => wait is PacketWait.Relay or PacketWait.Peer;
}
