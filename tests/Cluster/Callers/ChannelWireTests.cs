using Actors.Engine.Views;
using Actors.Grains.Channels;
using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.ClusterTests.Callers;

/// <summary>What is read of channels crosses between grains and comes back the same.</summary>
public sealed class ChannelWireTests
{
    private static readonly Hash256 Hash = new([.. Enumerable.Range(1, Hash256.Size).Select(i => (byte)i)]);
    private static readonly PeerView Frozen = new(1, "south", Hash, new Height(9)) { HeaderHeight = new Height(7), HeaderTime = new Timestamp(70), FrozenSince = new Timestamp(80), ConflictHeight = new Height(6) };
    private static readonly ChannelView Channel = new(2, Frozen, ChannelState.Open, new Height(9))
    {
        PeerChannel = 3, Paused = true, InFlightMax = 4, Sent = 15, Settled = 14, TimedOut = 1, Received = 16, Acknowledged = 12, Consumed = 11,
    };

    private static readonly RouteView Route = new(5, 2, new AssetNumber(6), "EUR", 2, new AccountNumber(7)) { PeerAsset = 8, LimitPerHour = 90, HourBegan = new Timestamp(60), SentInHour = 3, ReceivedInHour = 4 };

    [Fact]
    public void Peers_channels_and_routes_come_back_the_same()
    {
        Assert.Equal(Frozen, ChannelWire.View(ChannelWire.Answer(Frozen)));
        var trusted = Frozen with { FrozenSince = null, ConflictHeight = null };
        Assert.Equal(trusted, ChannelWire.View(ChannelWire.Answer(trusted)));
        Assert.Equal(Channel, ChannelWire.View(ChannelWire.Answer(Channel)));
        Assert.Equal(Route, ChannelWire.View(ChannelWire.Answer(Route)));
        var home = Route with { PeerAsset = null, LimitPerHour = null, HourBegan = null };
        Assert.Equal(new RouteToPeer(Channel, home), ChannelWire.View(ChannelWire.Answer(new RouteToPeer(Channel, home))));
    }

    [Fact]
    public void Packets_come_back_the_same()
    {
        var value = new PacketView(2, 15, PacketStatus.Refunded, PacketWait.Acknowledgement)
        {
            IsStuck = true,
            Sender = new AccountNumber(1),
            Timeout = new Timestamp(2),
            Transaction = new TransactionId(Hash),
            Operation = 3,
            SentAt = new Height(4),
            SentTime = new Timestamp(5),
            Route = 6,
            Asset = new AssetNumber(7),
            Amount = 8,
            Recipient = new AccountNumber(9),
            Delivers = new PendingNumber(10),
            Memo = new byte[] { 1, 2 },
        };
        var message = value with { Route = null, Asset = null, Amount = null, Recipient = null, Delivers = null, Memo = default, Handler = "note", Payload = new byte[] { 3 } };

        var page = ChannelWire.View(ChannelWire.Answer(new PacketPage(Channel, [value, message], 15)));

        Assert.Equal((Channel, 15UL), (page.Channel, page.Next!.Value));
        Assert.Equal([value.Memo.ToArray(), []], page.Packets.Select(packet => packet.Memo.ToArray()));
        Assert.Equal([[], message.Payload.ToArray()], page.Packets.Select(packet => packet.Payload.ToArray()));
        Assert.Equal([value with { Memo = default }, message with { Payload = default }], page.Packets.Select(packet => packet with { Memo = default, Payload = default }));
        var query = new PacketQuery { After = 7, CountMax = 8, Status = PacketStatus.Sent, OnlyStuck = true };
        Assert.Equal(query, ChannelWire.Query(ChannelWire.Request(query)));
        Assert.Equal(new PacketQuery(), ChannelWire.Query(ChannelWire.Request(new PacketQuery())));
    }

    [Fact]
    public void Deliveries_and_received_packets_come_back_the_same()
    {
        var sent = new DeliveryView(1, 2, 3, DeliveryState.Sent) { PeerName = "south", PeerGenesis = Hash, PeerChannel = 4, Wait = PacketWait.Relay };
        var refunded = sent with { State = DeliveryState.Refunded, Wait = null, Why = Outcome.PacketTimedOut, SettledAt = new Height(5), SettledBy = new TransactionId(Hash), SettledOperation = 6 };

        var page = ChannelWire.View(ChannelWire.Answer(new DeliveryPage([sent, refunded], new Height(7), 8, new Height(9))));

        Assert.Equal([sent, refunded], page.Deliveries);
        Assert.Equal((new Height(7), 8, new Height(9)), (page.AsOf, page.NextOperation!.Value, page.LookedThrough));
        var query = new DeliveryQuery { FromOperation = 1, CountMax = 2, From = new Height(3) };
        Assert.Equal(query, ChannelWire.Query(ChannelWire.Request(query)));
        var found = new ReceivedPacketSearch(new ReceivedPacketView(2, 3, Outcome.RouteNotFound, new Height(4), new TransactionId(Hash), 5), null);
        Assert.Equal(found, ChannelWire.View(2, 3, ChannelWire.Answer(found)));
        var further = new ReceivedPacketSearch(null, new Height(6));
        Assert.Equal(further, ChannelWire.View(2, 3, ChannelWire.Answer(further)));
    }
}
