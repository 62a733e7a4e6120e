using Actors.Engine.Chains;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Relaying;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Channels;

/// <summary>
/// What the state says of packets that were sent: those above the channel's last settled one are told here, of the others only that the log has more.
/// </summary>
internal sealed class DeliveryStanding
{
    private readonly List<DeliveryView> _deliveries = [];
    private readonly int? _nextOperation;
    private readonly Height _asOf;

    private DeliveryStanding(int? nextOperation, Height asOf) => (_nextOperation, _asOf) = (nextOperation, asOf);

    public bool HasSettled => _deliveries.Exists(IsInLog);

    public DeliveryPage Page => new(_deliveries, _asOf, _nextOperation, _asOf);

    /// <summary>Used on the chain's loop only.</summary>
    public static DeliveryStanding Take(ChainCore core, SentDeliveries sent, Timestamp sentTime, ulong nowMs)
    {
        var standing = new DeliveryStanding(sent.NextOperation, new Height(core.Committed.Height));
        var channels = new Dictionary<uint, ChannelView>();
        foreach (var place in sent.Places)
        {
            var number = ChannelOf(core, place);
            if (!channels.TryGetValue(number, out var channel))
            {
                channels.Add(number, channel = CommittedChannelViews.Channel(core, number)!);
            }

            standing._deliveries.Add(Of(core, place, channel, sentTime, nowMs));
        }

        return standing;
    }

    /// <summary>The same with what the log says of settled packets, looking at blocks from <paramref name="first"/> on.</summary>
    public DeliveryPage Finish(SettlingWalk walk, ulong first)
    {
        var wanted = _deliveries.Where(IsInLog).Select(KeyOf).ToHashSet();
        var found = new Dictionary<(uint Channel, ulong Sequence), Settled>();
        var through = walk.Find(first, _asOf.Value, wanted, found);
        return Page with
        {
            Deliveries = [.. _deliveries.Select(delivery => found.TryGetValue(KeyOf(delivery), out var settled) ? Finish(delivery, settled) : delivery)],
            LookedThrough = new Height(through),
        };
    }

    private static DeliveryView Of(ChainCore core, in SentPlace place, ChannelView channel, Timestamp sentTime, ulong nowMs)
    {
        var delivery = new DeliveryView(place.Operation, channel.Number, place.Sequence, DeliveryState.Settled)
        {
            PeerName = channel.Peer.Name,
            PeerGenesis = channel.Peer.Genesis,
            PeerChannel = channel.PeerChannel,
        };
        if (place.Sequence <= channel.Settled)
        {
            return delivery;
        }

        var packet = UnsettledPackets.Read(core, core.Channels.Read(channel.Number), place.Sequence);
        return packet.State == PacketState.TimedOut
            ? delivery with { State = DeliveryState.Refunded }
            : delivery with { State = DeliveryState.Sent, Wait = PacketWaits.Of(channel, packet, sentTime, nowMs) };
    }

    private static uint ChannelOf(ChainCore core, in SentPlace place) =>
        place.Channel != 0 ? place.Channel
        : core.State.Routes.TryFindAccount(place.Through.Value, out var route) ? core.State.Routes.Read(route).Channel
        : throw new BrokenInvariantException($"a packet was sent through account {place.Through}, which is of no route");

    private static DeliveryView Finish(DeliveryView delivery, in Settled settled) => delivery with
    {
        State = settled.Outcome == Outcome.Committed ? DeliveryState.Acknowledged : DeliveryState.Refunded,
        Why = settled.Outcome == Outcome.Committed ? null : settled.Outcome,
        SettledAt = settled.Height,
        SettledBy = settled.Transaction,
        SettledOperation = settled.Operation,
    };

    private static bool IsInLog(DeliveryView delivery) => delivery.State is DeliveryState.Settled or DeliveryState.Refunded;

    private static (uint Channel, ulong Sequence) KeyOf(DeliveryView delivery) => (delivery.Channel, delivery.Sequence);
}
