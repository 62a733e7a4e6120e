using Actors.Engine.Chains;
using Actors.Engine.Reads;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.State;

namespace Actors.Engine.Channels;

/// <summary>A packet that is not settled, before the block that sent it was looked at.</summary>
internal sealed record UnsettledPacket(ulong Sequence, PacketRecord Record, ReadOnlyMemory<byte> Bytes, RouteView? Route);

internal sealed record UnsettledPage(ChannelView Channel, IReadOnlyList<UnsettledPacket> Packets, ulong? Next);

/// <summary>Takes a page of a channel's packets that are not settled, as of the newest durable block. Used on the chain's loop only.</summary>
internal static class UnsettledPackets
{
    /// <summary>So many slots are looked at for one page, whatever is asked for.</summary>
    private const int LookedAtMax = 8_192;

    /// <param name="core">The chain.</param>
    /// <param name="number">The channel.</param>
    /// <param name="query">Which packets.</param>
    /// <param name="oldBelow">Packets of blocks below this height have waited for longer than a relay takes.</param>
    /// <param name="nowMs">The node's time.</param>
    public static UnsettledPage? Take(ChainCore core, uint number, PacketQuery query, ulong oldBelow, ulong nowMs)
    {
        if (CommittedChannelViews.Channel(core, number) is not { } channel)
        {
            return null;
        }

        var record = core.Channels.Read(number);
        var routes = new Dictionary<uint, RouteView>();
        var packets = new List<UnsettledPacket>();
        var first = Math.Max(Math.Min(query.After, Limits.SequenceMax), channel.Settled) + 1;
        for (var sequence = first; sequence <= channel.Sent; sequence++)
        {
            if (packets.Count == query.CountMax || sequence - first == LookedAtMax)
            {
                return new UnsettledPage(channel, packets, sequence - 1);
            }

            var packet = Read(core, record, sequence);
            if (!Fits(query, channel, packet, oldBelow, nowMs))
            {
                continue;
            }

            if (!core.Channels.Packets(number).TryRead(sequence, out var bytes))
            {
                throw new BrokenInvariantException($"packet {sequence} of channel {number} is not settled, and its bytes are not at hand");
            }

            packets.Add(new UnsettledPacket(sequence, packet, bytes, RouteOf(core, routes, packet.Route)));
        }

        return new UnsettledPage(channel, packets, null);
    }

    /// <summary>What remembers a packet that is not settled.</summary>
    public static PacketRecord Read(ChainCore core, in ChannelRecord channel, ulong sequence) =>
        CommittedRecords.TryRead<PacketRecord>(core, TableId.Packets, channel.SlotOf(sequence), out var packet)
            ? packet
            : throw new BrokenInvariantException($"packet {sequence} of channel {channel.Number} is not settled, and its slot is not kept");

    private static bool Fits(PacketQuery query, ChannelView channel, in PacketRecord packet, ulong oldBelow, ulong nowMs)
    {
        var status = PacketWaits.StatusOf(packet);
        return (query.Status is not { } wanted || wanted == status)
            && (!query.OnlyStuck || PacketWaits.IsStuck(PacketWaits.Of(channel, packet, nowMs), packet.Height < oldBelow));
    }

    private static RouteView? RouteOf(ChainCore core, Dictionary<uint, RouteView> known, uint number)
    {
        if (number == 0)
        {
            return null;
        }

        if (!known.TryGetValue(number, out var route))
        {
            known.Add(number, route = CommittedChannelViews.Route(core, number));
        }

        return route;
    }
}
