using System.Text;
using Actors.Ledger.Accounts;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Vouchers of vouchers, limits over time, and messages.</summary>
public sealed class RouteTests
{
    [Fact]
    public void A_voucher_goes_on_to_a_third_chain_and_home_by_the_way_it_came()
    {
        var pair = new Pair();
        var third = new Party("third");
        var onward = new Link(pair.Away, third);
        var (atAway, atThird) = onward.Route(pair.Away, pair.Voucher, "AWAY.HOME.EUR");
        var carol = third.OpenAccounts(third.Route(atThird).Asset);
        pair.Send(100);
        pair.Link.Receive(pair.Away);
        onward.Send(pair.Away, atAway, pair.Bob, carol, 60);
        Assert.Equal(Outcome.Committed, onward.Receive(third));
        Assert.Equal((40, 60, 60), (pair.Away.Posted(pair.Bob), pair.Away.Posted(pair.Away.Route(atAway).Account), third.Posted(carol)));
        onward.Send(third, atThird, carol, pair.Bob, 25);
        Assert.Equal(Outcome.Committed, onward.Receive(pair.Away));
        pair.SendHome(65);
        Assert.Equal(Outcome.Committed, pair.Link.Receive(pair.Home));
        Assert.Equal((35, 35, 0, 35), (pair.Escrow, pair.Vouchers, pair.Away.Posted(pair.Bob), -third.Posted(third.Route(atThird).Account)));
        var asset = third.State.Assets.Read(third.Route(atThird).Asset);
        Assert.Equal((onward.OfB, (uint)pair.Voucher), (asset.Channel, asset.PeerAsset));
        pair.CheckReplay();
        Pair.CheckReplay(third);
    }

    [Fact]
    public void A_voucher_is_not_taken_for_the_original_of_another_way()
    {
        var pair = new Pair();
        var second = new Link(pair.Home, pair.Away);
        var (atHome, atAway) = second.Route(pair.Home, pair.Euro, "SECOND.EUR");
        second.Send(pair.Home, atHome, pair.Alice, pair.Bob, 10);
        Assert.Equal(Outcome.Committed, second.Receive(pair.Away));
        Assert.Equal(0, pair.Away.Posted(pair.Bob));
        second.Acknowledge(pair.Home);
        Assert.Equal((1_000, 0), (pair.Home.Posted(pair.Alice), pair.Home.Posted(pair.Home.Route(atHome).Account)));
        pair.Send(10);
        pair.Link.Receive(pair.Away);
        pair.Away.Do(Outcome.AssetMismatch, second.Sending(pair.Away, atAway, pair.Bob, pair.Alice, 10));
    }

    [Fact]
    public void A_limit_counts_value_over_an_hour_each_way()
    {
        var pair = new Pair();
        pair.Home.Do(new LimitRoute(pair.AtHome, 100));
        pair.Send(60);
        var second = pair.Link.Sending(pair.Home, pair.AtHome, pair.Alice, pair.Bob, 41);
        pair.Home.Do(Outcome.RateLimited, second);
        pair.Home.Do(second with { Amount = 40 });
        pair.Home.Do(Outcome.RateLimited, second with { Amount = 1 });
        pair.Link.Receive(pair.Away);
        pair.SendHome(100);
        Assert.Equal(Outcome.Committed, pair.Link.Receive(pair.Home));
        Assert.Equal(0, pair.Escrow);
        pair.Home.Fixture.NowMs += Limits.RouteWindowMs;
        pair.Home.Do(pair.Link.Sending(pair.Home, pair.AtHome, pair.Alice, pair.Bob, 100, 10_000_000));
        pair.Home.Do(new LimitRoute(pair.AtHome, 0));
        pair.Home.Do(pair.Link.Sending(pair.Home, pair.AtHome, pair.Alice, pair.Bob, 500, 10_000_000));
        pair.CheckReplay();
    }

    [Fact]
    public void A_message_is_taken_by_its_handler()
    {
        var pair = new Pair();
        pair.Home.Do(Message(pair, "note"));
        Assert.Equal(Outcome.Committed, pair.Link.Receive(pair.Away));
        Assert.Empty(ReceiveTests.Exceptions(pair.Away));
        var packet = Packet.Parse(pair.Home.Packets(1)[0]);
        Assert.Equal((true, pair.Alice, "note", "hello"), (packet.IsMessage, packet.Sender.Value, Encoding.ASCII.GetString(packet.Handler), Encoding.ASCII.GetString(packet.Payload)));
        Assert.Equal(Outcome.Committed, pair.Link.Acknowledge(pair.Home));
        Assert.Equal(1UL, pair.Home.Channel(1).Settled);
        pair.CheckReplay();
    }

    [Fact]
    public void A_message_for_nobody_is_an_exception_and_moves_nothing()
    {
        var pair = new Pair();
        pair.Home.Do(Message(pair, "contract"));
        pair.Link.Receive(pair.Away);
        Assert.Equal(Outcome.HandlerNotFound, Assert.Single(ReceiveTests.Exceptions(pair.Away)).Outcome);
        Assert.Equal(Outcome.Committed, pair.Link.Acknowledge(pair.Home));
        Assert.Equal((0, 1_000), (pair.Escrow, pair.Home.Posted(pair.Alice)));
    }

    [Fact]
    public void What_a_message_is_not_sent_for()
    {
        var pair = new Pair();
        Assert.Equal(Outcome.AccountNotFound, pair.Home.Fixture.Submit([Message(pair, "note") with { Sender = Party.Of(999) }], pair.Home.Fixture.Operator).Outcome);
        pair.Home.Do(Outcome.SystemAccount, Message(pair, "note") with { Sender = Party.Of(pair.Home.Route(pair.AtHome).Account) });
        pair.Home.Do(new Close(Party.Of(pair.Alice + 1)));
        pair.Home.Do(Outcome.AccountClosed, Message(pair, "note") with { Sender = Party.Of(pair.Alice + 1), Channel = EntityReference.Numbered(9) });
        pair.Home.Do(Outcome.ChannelNotFound, Message(pair, "note") with { Channel = EntityReference.Numbered(9) });
        pair.Home.Do(Outcome.PeerMismatch, Message(pair, "note") with { Peer = pair.Home.Genesis });
    }

    [Fact]
    public void A_packet_that_this_version_does_not_know_is_an_exception()
    {
        var pair = new Pair();
        pair.Home.Do(Message(pair, "note"));
        byte[] unknown = [9, 1, 2, 3];
        pair.Home.State.Channels.Write(1).PacketsRoot = Ledger.Hashing.MerkleTree.LeafHash(unknown);
        pair.Home.Seal();
        var receive = new Ledger.Channels.Settling.Receive(1, pair.Home.Height, pair.Home.Proof(1), Party.Run([unknown], 1, 1));
        Assert.Equal(Outcome.Committed, pair.Away.Prove(pair.Home.Update(pair.Away), receive));
        Assert.Equal(Outcome.PacketMalformed, Assert.Single(ReceiveTests.Exceptions(pair.Away)).Outcome);
    }

    private static SendMessage Message(Pair pair, string handler) =>
        new(Party.Of(pair.Alice), EntityReference.Numbered(1), handler, Encoding.ASCII.GetBytes("hello"), new Timestamp(pair.Away.NowMs + 100_000));
}
