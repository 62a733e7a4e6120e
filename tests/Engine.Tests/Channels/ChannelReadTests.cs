using Actors.Engine.Tests.Chains;
using Actors.Engine.Tests.Relays;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Tests.Channels;

/// <summary>What a chain tells of its channels and of what is on its way over them.</summary>
public sealed class ChannelReadTests
{
    [Fact]
    public async Task A_channel_tells_its_peer_its_counts_and_its_routes()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Home.CommitAsync(new LimitRoute(1, 10_000));
        await pair.Home.CommitAsync(pair.Out(700), pair.Out(5, recipient: 999));
        await TestPair.SettledAsync(pair.Home);

        var channel = Assert.Single(await pair.Home.Chain.Channels.ListAsync(0, 10, default));
        Assert.Equal((1U, ChannelState.Open, 1U, 10_000U), (channel.Number, channel.State, channel.PeerChannel, channel.InFlightMax));
        Assert.Equal((TestPair.AwayName, pair.Away.Chain.Genesis.Hash, false), (channel.Peer.Name, channel.Peer.Genesis, channel.Peer.IsFrozen));
        Assert.Equal((2UL, 2UL, 0UL), (channel.Sent, channel.Settled, channel.Received));
        Assert.True(channel.Peer.HeaderHeight.Value > 0);
        Assert.Equal(channel, await pair.Home.Chain.Channels.GetAsync(1, current: true, default));
        Assert.Equal(channel.Peer, Assert.Single(await pair.Home.Chain.Channels.ListPeersAsync(0, 10, default)));
        Assert.Equal(2UL, (await pair.Away.Chain.Channels.GetAsync(1, current: false, default))!.Received);

        var home = Assert.Single(await pair.Home.Chain.Channels.ListRoutesAsync(1, 0, 10, default));
        Assert.Equal((new AssetNumber(1), "EUR", 2, pair.Escrow, (uint?)null), (home.Asset, home.Code, home.Scale, home.Account.Value, home.PeerAsset));
        Assert.Equal((10_000L, 705L, 0L), (home.LimitPerHour!.Value, home.SentInHour, home.ReceivedInHour));
        var away = Assert.Single(await pair.Away.Chain.Channels.ListRoutesAsync(1, 0, 10, default));
        Assert.Equal(("HOME.EUR", 1U, (long?)null), (away.Code, away.PeerAsset, away.LimitPerHour));
    }

    [Fact]
    public async Task What_is_not_there_is_told_as_nothing()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);

        Assert.Null(await pair.Home.Chain.Channels.GetAsync(2, current: false, default));
        Assert.Null(await pair.Home.Chain.Channels.GetAsync(0, current: false, default));
        Assert.Null(await pair.Home.Chain.Channels.GetPeerAsync(2, current: false, default));
        Assert.Null(await pair.Home.Chain.Channels.ListPacketsAsync(2, new PacketQuery(), default));
        Assert.Null(await pair.Home.Chain.Channels.FindRoutesAsync("nobody", new AssetNumber(1), 10, default));
        Assert.Empty((await pair.Home.Chain.Channels.FindRoutesAsync(TestPair.AwayName, new AssetNumber(2), 10, default))!);
        Assert.Single((await pair.Home.Chain.Channels.FindRoutesAsync(TestPair.AwayName, new AssetNumber(1), 10, default))!);
        Assert.Empty(await pair.Home.Chain.Channels.ListAsync(1, 10, default));
        Assert.Empty(await pair.Home.Chain.Channels.ListRoutesAsync(2, 0, 10, default));
    }

    [Fact]
    public async Task A_packet_that_waits_is_told_with_what_sent_it_and_why_it_waits()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        var sent = await pair.Home.SendAsync(pair.Out(1), pair.Out(2) with { Memo = new byte[] { 7 } }, pair.Out(3));
        await pair.Home.CommitAsync(new SendMessage(TestBook.Account(2), EntityReference.Numbered(1), "orders", new byte[] { 1, 2 }, Later(node)));

        var page = (await pair.Home.Chain.Channels.ListPacketsAsync(1, new PacketQuery { After = 1, CountMax = 2 }, default))!;

        Assert.Equal([2UL, 3UL], page.Packets.Select(packet => packet.Sequence));
        Assert.Equal(3UL, page.Next);
        var second = page.Packets[0];
        Assert.Equal((sent.Id!.Value, 1, 2L, 2UL, pair.Holder), (second.Transaction, second.Operation, second.Amount!.Value, second.Sender.Value, second.Recipient!.Value.Value));
        Assert.Equal(sent.Recorded!.Place.Height, second.SentAt);
        Assert.Equal([7], second.Memo.ToArray());
        Assert.Equal((PacketStatus.Sent, PacketWait.Relay, false), (second.Status, second.Wait, second.IsStuck));
        var message = Assert.Single((await pair.Home.Chain.Channels.ListPacketsAsync(1, new PacketQuery { After = page.Next!.Value }, default))!.Packets);
        Assert.Equal(("orders", null, null), (message.Handler, message.Amount, message.Recipient));
        Assert.Equal([1, 2], message.Payload.ToArray());

        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        await TestPair.SettledAsync(pair.Home);
        Assert.Empty((await pair.Home.Chain.Channels.ListPacketsAsync(1, new PacketQuery(), default))!.Packets);
    }

    [Fact]
    public async Task A_paused_channel_makes_its_packets_stuck_and_says_so()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        await pair.Home.CommitAsync(pair.Out(1));

        Assert.Empty((await pair.Home.Chain.Channels.ListPacketsAsync(1, new PacketQuery { OnlyStuck = true }, default))!.Packets);
        await pair.Home.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        var stuck = Assert.Single((await pair.Home.Chain.Channels.ListPacketsAsync(1, new PacketQuery { OnlyStuck = true }, default))!.Packets);

        Assert.Equal((PacketWait.ChannelPaused, true), (stuck.Wait, stuck.IsStuck));
    }

    [Fact]
    public async Task Deliveries_are_told_from_sent_to_acknowledged_or_refunded_and_why()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        var sent = await pair.Home.SendAsync(pair.Out(1), TestBook.Move(2, 3, 5), pair.Out(2, recipient: 999));

        var before = await DeliveriesAsync(pair, sent);
        Assert.Equal([0, 2], before.Deliveries.Select(delivery => delivery.Operation));
        Assert.All(before.Deliveries, delivery => Assert.Equal((DeliveryState.Sent, PacketWait.Relay, TestPair.AwayName), (delivery.State, delivery.Wait!.Value, delivery.PeerName)));

        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        await TestPair.SettledAsync(pair.Home);
        var after = await DeliveriesAsync(pair, sent);

        Assert.Equal([DeliveryState.Acknowledged, DeliveryState.Refunded], after.Deliveries.Select(delivery => delivery.State));
        Assert.Equal([null, Outcome.CreditAccountNotFound], after.Deliveries.Select(delivery => delivery.Why));
        Assert.All(after.Deliveries, delivery => Assert.True(delivery.SettledAt > sent.Recorded!.Place.Height));
        var settledBy = await pair.Home.Chain.FindTransactionAsync(after.Deliveries[0].SettledBy!.Value, default);
        Assert.Equal(after.Deliveries[0].SettledAt, settledBy.Recorded!.Place.Height);
        var paged = (await pair.Home.Chain.Channels.GetDeliveriesAsync(sent.Id!.Value, new DeliveryQuery { CountMax = 1 }, default))!;
        Assert.Equal((0, 2), (Assert.Single(paged.Deliveries).Operation, paged.NextOperation!.Value));
    }

    [Fact]
    public async Task What_a_timeout_refunded_is_told_as_refunded_before_and_after_its_acknowledgement()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        var sent = await pair.Home.SendAsync(pair.Out(700) with { Timeout = new Timestamp(node.Clock.UnixMs + 1_000) });
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var height = default(Height); await pair.Home.PostedAsync(2) != TestPair.Funds;)
        {
            height = await pair.Home.Chain.WaitForBlockAsync(height, deadline.Token);
        }

        var packet = Assert.Single((await pair.Home.Chain.Channels.ListPacketsAsync(1, new PacketQuery { Status = PacketStatus.Refunded }, default))!.Packets);
        Assert.Equal((PacketWait.Acknowledgement, false), (packet.Wait, packet.IsStuck));
        var timedOut = Assert.Single((await DeliveriesAsync(pair, sent)).Deliveries);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        await TestPair.SettledAsync(pair.Home);

        Assert.Equal((DeliveryState.Refunded, Outcome.PacketTimedOut), (timedOut.State, timedOut.Why!.Value));
        Assert.Equal(timedOut, Assert.Single((await DeliveriesAsync(pair, sent)).Deliveries));
    }

    [Fact]
    public async Task What_was_received_is_found_again_and_proven_by_the_chain_that_received_it()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        for (var round = 0; round < 3; round++)
        {
            await pair.Home.CommitAsync(pair.Out(7), pair.Out(8, recipient: 999));
            await TestPair.SettledAsync(pair.Home);
        }

        var channels = pair.Away.Chain.Channels;
        var accepted = (await channels.FindReceivedAsync(1, 3, null, default))!.Packet!;
        var refused = (await channels.FindReceivedAsync(1, 4, null, default))!.Packet!;

        Assert.Equal((Outcome.Committed, Outcome.CreditAccountNotFound), (accepted.Outcome, refused.Outcome));
        Assert.Equal(accepted, refused with { Sequence = 3, Outcome = Outcome.Committed });
        var file = (await channels.ProvePacketAsync(1, 3, false, accepted.Height, default))!;
        var proven = ProofVerifier.Verify(file, pair.Away.Chain.Genesis.Hash);
        Assert.True(proven.IsVerified);
        Assert.Equal((3UL, 7L, pair.Holder), (proven.Packet!.Value.Sequence, proven.Packet.Value.Amount, proven.Packet.Value.Credit.Value));
        Assert.Null(await channels.ProvePacketAsync(1, 4, false, refused.Height, default));
        var acknowledgement = ProofVerifier.Verify((await pair.Away.Chain.GetReceiptAsync(refused.Transaction, refused.Operation, default))!, pair.Away.Chain.Genesis.Hash);
        Assert.True(acknowledgement.IsVerified);
        Assert.Contains(acknowledgement.Claims, claim => claim.Text.Contains("all accepted but 4 CreditAccountNotFound", StringComparison.Ordinal));

        Assert.Null(await channels.FindReceivedAsync(1, 7, null, default));
        Assert.Null(await channels.FindReceivedAsync(1, 0, null, default));
        Assert.Null(await channels.FindReceivedAsync(2, 1, null, default));
        Assert.Equal(3UL, (await channels.FindReceivedAsync(1, 3, new Height(accepted.Height.Value + 1), default))!.Packet!.Sequence);
        Assert.Null(await channels.FindReceivedAsync(1, 3, accepted.Height, default));
        Assert.Null(await channels.FindReceivedAsync(1, 3, new Height(2), default));
        Assert.Null(await channels.ProvePacketAsync(1, 3, false, new Height(accepted.Height.Value + 1_000), default));
        Assert.Empty((await pair.Home.Chain.Channels.ListPacketsAsync(1, new PacketQuery { After = ulong.MaxValue }, default))!.Packets);
    }

    private static async Task<DeliveryPage> DeliveriesAsync(TestPair pair, SubmissionResult sent) =>
        (await pair.Home.Chain.Channels.GetDeliveriesAsync(sent.Id!.Value, new DeliveryQuery(), default))!;

    private static Timestamp Later(TestNode node) => new(node.Clock.UnixMs + 3_600_000);
}
