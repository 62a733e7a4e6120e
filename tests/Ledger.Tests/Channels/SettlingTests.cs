using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Acknowledgements and timeouts: what settles a packet, once, whatever comes first.</summary>
public sealed class SettlingTests
{
    private readonly Pair _pair = new();

    private Party Home => _pair.Home;

    private Party Away => _pair.Away;

    [Fact]
    public void What_does_not_acknowledge()
    {
        for (var i = 0; i < 3; i++)
        {
            _pair.Send(10);
            _pair.Link.Receive(Away);
        }

        var good = Home.Acknowledge(Away, 1, 1, 1, 2);
        Assert.Equal(Outcome.ChannelNotFound, Home.Prove(good with { Channel = 2 }));
        Assert.Equal(Outcome.HeaderNotHeld, Home.Prove(good));
        Home.Prove(Away.Update(Home));
        Assert.Equal(Outcome.ChannelNotProven, Home.Prove(good with { Proof = Away.Proof(1, 3) }));
        Assert.Equal(Outcome.AcknowledgementsOutOfOrder, Home.Prove(Home.Acknowledge(Away, 1, 1, 2, 1)));
        Assert.Equal(Outcome.AcknowledgementsNotProven, Home.Prove(good with { Acknowledgements = good.Acknowledgements with { Right = [] } }));
        var lie = new Acknowledgement(1, 1, [new PacketException(1, Outcome.RateLimited)]).Encode();
        var leaves = Away.Acknowledgements(1);
        Assert.Equal(Outcome.AcknowledgementsNotProven, Home.Prove(good with { Acknowledgements = Party.Run([lie, leaves[1], leaves[2]], 1, 3) }));
        Assert.Equal(Outcome.Committed, Home.Prove(good));
        Assert.Equal(Outcome.AlreadyAcknowledged, Home.Prove(good));
        Assert.Equal(Outcome.Committed, Home.Prove(Home.Acknowledge(Away, 1, 1, 2, 2)));
        Assert.Equal((3UL, 3UL, 30L), (Home.Channel(1).Settled, Home.Channel(1).Consumed, _pair.Escrow));
        _pair.CheckReplay();
    }

    [Fact]
    public void Acknowledgements_go_on_while_a_channel_is_paused()
    {
        _pair.Send(10, to: 999);
        _pair.Link.Receive(Away);
        Home.Do(new PauseChannel(EntityReference.Numbered(1)));
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(Home));
        Assert.Equal(1_000, Home.Posted(_pair.Alice));
    }

    [Fact]
    public void What_does_not_time_out()
    {
        _pair.Send(10, timeoutInMs: 20_000);
        _pair.Link.Receive(Away);
        _pair.Send(10, timeoutInMs: 20_000);
        Assert.Equal(Outcome.TimeoutNotReached, _pair.Link.TimeOut(Home, new SequenceRange(2, 1)));
        Away.Fixture.NowMs += 60_000;
        Away.Seal();
        Assert.Equal(Outcome.PacketNotSent, _pair.Link.TimeOut(Home, new SequenceRange(2, 2)));
        Assert.Equal(Outcome.PacketReceived, _pair.Link.TimeOut(Home, new SequenceRange(1, 2)));
        Assert.Equal(Outcome.ChannelNotProven, Home.Prove(new TimeOut(1, 0, null, [new SequenceRange(2, 1)])));
        Assert.Equal(Outcome.ChannelNotFound, Home.Prove(new TimeOut(2, 0, null, [new SequenceRange(2, 1)])));
        Assert.Equal(Outcome.Committed, _pair.Link.TimeOut(Home, new SequenceRange(2, 1)));
        Assert.Equal(Outcome.AlreadySettled, _pair.Link.TimeOut(Home, new SequenceRange(2, 1)));
        Assert.Equal((990, 10), (Home.Posted(_pair.Alice), _pair.Escrow));
    }

    [Fact]
    public void A_packet_that_timed_out_is_passed_over_when_the_peer_comes_to_it()
    {
        _pair.Send(1);
        _pair.Send(10, timeoutInMs: 20_000);
        _pair.Send(100);
        Away.Fixture.NowMs += 60_000;
        Away.Seal();
        Assert.Equal(Outcome.Committed, _pair.Link.TimeOut(Home, new SequenceRange(2, 1)));
        Assert.Equal((1u, 101L), (Home.Channel(1).TimedOut, _pair.Escrow));
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(Away));
        Assert.Equal(new PacketException(2, Outcome.PacketTimedOut), Assert.Single(ReceiveTests.Exceptions(Away)));
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(Home));
        Assert.Equal((0u, 3UL, 101L, 101L), (Home.Channel(1).TimedOut, Home.Channel(1).Settled, _pair.Escrow, _pair.Vouchers));
        Assert.Empty(ReceiveTests.Effects(Home.Block(Home.Height)));
        Assert.False(Home.State.Peers.Read(1).IsFrozen);
        _pair.CheckReplay();
    }

    [Fact]
    public void A_receipt_just_before_the_timeout_wins_and_at_the_timeout_loses()
    {
        _pair.Send(10);
        _pair.Link.Receive(Away);
        _pair.Send(10, timeoutInMs: 20_000);
        var timeout = Home.State.Channels.Packet(Home.Channel(1).SlotOf(2)).TimeoutMs;
        Away.Fixture.NowMs = timeout - 1;
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(Away));
        Away.Fixture.NowMs = timeout;
        Away.Seal();
        Assert.Equal(Outcome.PacketReceived, _pair.Link.TimeOut(Home, new SequenceRange(2, 1)));
        _pair.Send(10, timeoutInMs: 20_000);
        Away.Fixture.NowMs = Home.State.Channels.Packet(Home.Channel(1).SlotOf(3)).TimeoutMs;
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(Away));
        Assert.Equal(3UL, Assert.Single(ReceiveTests.Exceptions(Away)).Sequence);
    }

    [Fact]
    public void A_packet_cannot_be_timed_out_in_the_block_that_sends_it()
    {
        Home.Fixture.Submit([_pair.Link.Sending(Home, _pair.AtHome, _pair.Alice, _pair.Bob, 10)], Home.Fixture.Operator);
        var proof = new TimeOut(1, Away.Height, Away.Proof(1), [new SequenceRange(1, 1)]);
        Assert.Equal(Outcome.PacketNotSent, Home.Fixture.Submit(TransactionKind.Proven, [Away.Update(Home), proof]).Outcome);
        Home.Seal();
        _pair.CheckReplay();
    }

    [Fact]
    public void A_peer_that_accepts_what_it_showed_not_to_have_at_its_timeout_is_frozen()
    {
        _pair.Send(10, timeoutInMs: 20_000);
        _pair.Send(10);
        var early = Away.Fixture.NowMs;
        Away.Fixture.NowMs += 60_000;
        Away.Seal();
        Assert.Equal(Outcome.Committed, _pair.Link.TimeOut(Home, new SequenceRange(1, 1)));
        Away.State.Head = Away.State.Head with { TimeMs = early };
        Away.Fixture.NowMs = early;
        Away.Prove(Home.Update(Away), Away.Receive(Home, 1, 1, 1, 2));
        Assert.Empty(ReceiveTests.Exceptions(Away));
        Away.Fixture.NowMs += 90_000;
        Away.Seal();
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(Home));
        Assert.True(Home.State.Peers.Read(1).IsFrozen);
        Assert.Equal(2UL, Home.Channel(1).Settled);
    }

    [Fact]
    public void A_peer_that_acknowledges_what_was_not_sent_is_frozen()
    {
        _pair.Send(10);
        _pair.Link.Receive(Away);
        var leaf = new Acknowledgement(1, 2, []).Encode();
        ref var record = ref Away.State.Channels.Write(1);
        record.AcknowledgementsRoot = Ledger.Hashing.MerkleTree.LeafHash(leaf);
        Away.Seal();
        var acknowledge = new Acknowledge(1, Away.Height, Away.Proof(1), Party.Run([leaf], 1, 1));
        Assert.Equal(Outcome.Committed, Home.Prove(Away.Update(Home), acknowledge));
        Assert.Equal((true, 0UL), (Home.State.Peers.Read(1).IsFrozen, Home.Channel(1).Settled));
        Assert.Equal(Outcome.PeerFrozen, Home.Prove(acknowledge));
    }

    [Fact]
    public void The_ring_of_slots_is_used_again()
    {
        var pair = new Pair(inFlightMax: 3);
        for (var i = 1; i <= 10; i++)
        {
            pair.Send(i, to: i % 3 == 0 ? 999 : pair.Bob);
            pair.Link.Receive(pair.Away);
            Assert.Equal(Outcome.Committed, pair.Link.Acknowledge(pair.Home));
        }

        Assert.Equal((37, 37, 3UL), (pair.Escrow, pair.Vouchers, pair.Home.State.Tables[State.TableId.Packets].Count));
        pair.CheckReplay();
    }
}
