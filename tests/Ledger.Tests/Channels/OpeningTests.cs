using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>How two chains come to know each other, and what does not open a channel. Rows in order of precedence.</summary>
public sealed class OpeningTests
{
    private readonly Party _a = new("a");
    private readonly Party _b = new("b");

    [Fact]
    public void A_channel_is_open_when_each_side_has_seen_that_the_other_names_it()
    {
        var link = new Link(_a, _b);
        Assert.Equal((ChannelState.Open, link.OfB), (_a.Channel(link.OfA).State, _a.Channel(link.OfA).PeerChannel));
        Assert.Equal((ChannelState.Open, link.OfA), (_b.Channel(link.OfB).State, _b.Channel(link.OfB).PeerChannel));
        Pair.CheckReplay(_a);
        Pair.CheckReplay(_b);
    }

    [Fact]
    public void Peer_and_channel_may_be_opened_in_one_transaction()
    {
        var block = _a.Do(new OpenPeer(ChainId.Parse("b"), _b.Fixture.Genesis), new OpenChannel(EntityReference.Created(0), 10));
        Assert.Equal((1UL, 1UL), (_a.Created(block, 0), _a.Created(block, 1)));
        Assert.Equal(_b.Genesis, _a.Channel(1).PeerGenesis);
    }

    [Fact]
    public void Only_the_operator_opens()
    {
        IOperation[] operations = [new OpenPeer(ChainId.Parse("b"), _b.Fixture.Genesis)];
        Assert.Equal(Outcome.MissingSignature, _a.Fixture.Submit(operations, _a.Fixture.NewKey()).Outcome);
    }

    [Fact]
    public void A_peer_is_another_chain_opened_once_under_a_name_of_its_own()
    {
        _a.Do(Outcome.PeerIsItself, new OpenPeer(ChainId.Parse("b"), _a.Fixture.Genesis));
        _a.Do(new OpenPeer(ChainId.Parse("b"), _b.Fixture.Genesis));
        _a.Do(Outcome.PeerTaken, new OpenPeer(ChainId.Parse("b"), _b.Fixture.Genesis));
        _a.Do(Outcome.PeerNameTaken, new OpenPeer(ChainId.Parse("b"), new Party("c").Fixture.Genesis));
        Assert.Equal("b", _a.State.Peers.Name(1));
    }

    [Fact]
    public void Opening_again_after_a_refused_transaction_leaves_nothing_of_it()
    {
        var known = new OpenPeer(ChainId.Parse("b"), _b.Fixture.Genesis);
        _a.Do(Outcome.PeerNotFound, known, new OpenChannel(EntityReference.Created(0), 10), new OpenChannel(EntityReference.Numbered(9), 10));
        Assert.Equal((0u, 0u), (_a.State.Peers.Count, _a.State.Channels.Count));
        _a.Do(known, new OpenChannel(EntityReference.Created(0), 10));
        Pair.CheckReplay(_a);
    }

    [Fact]
    public void A_channel_answers_a_channel_of_the_peer_once()
    {
        var link = new Link(_a, _b);
        _a.Do(Outcome.PeerNotFound, new OpenChannel(EntityReference.Numbered(2), 10));
        _b.Do(Outcome.PeerChannelTaken, new OpenChannel(Link.PeerOn(_b, _a), 10, link.OfA));
        _a.Do(Outcome.PeerChannelTaken, new OpenChannel(Link.PeerOn(_a, _b), 10, link.OfB));
        _b.Do(new OpenChannel(Link.PeerOn(_b, _a), 10, link.OfA + 1));
    }

    [Fact]
    public void What_does_not_confirm_a_channel()
    {
        var link = new Link(_a, _b);
        var other = new Link(_a, new Party("c"));
        _a.Do(new OpenChannel(Link.PeerOn(_a, _b), 10));
        var answer = (uint)_b.Created(_b.Do(new OpenChannel(Link.PeerOn(_b, _a), 10, 3)));
        Assert.Equal(Outcome.Committed, _a.Prove(_b.Update(_a)));
        var at = _b.Height;
        Assert.Equal(Outcome.ChannelNotFound, _a.Prove(new ConfirmChannel(4, at, _b.Proof(answer))));
        Assert.Equal(Outcome.AlreadyConfirmed, _a.Prove(new ConfirmChannel(link.OfA, at, _b.Proof(link.OfB))));
        Assert.Equal(Outcome.HeaderNotHeld, _a.Prove(new ConfirmChannel(3, at + 1, _b.Proof(answer))));
        Assert.Equal(Outcome.ChannelNotProven, _a.Prove(new ConfirmChannel(3, at, _b.Proof(answer) with { Count = 3 })));
        Assert.Equal(Outcome.ChannelNotProven, _a.Prove(new ConfirmChannel(3, at, other.B.Proof(other.OfB))));
        Assert.Equal(Outcome.CounterpartMismatch, _a.Prove(new ConfirmChannel(3, at, _b.Proof(link.OfB))));
        Assert.Equal(Outcome.Committed, _a.Prove(new ConfirmChannel(3, at, _b.Proof(answer))));
    }

    [Fact]
    public void A_channel_that_answers_waits_until_the_other_side_has_heard()
    {
        _a.Do(new OpenPeer(ChainId.Parse("b"), _b.Fixture.Genesis), new OpenChannel(EntityReference.Created(0), 10));
        _b.Do(new OpenPeer(ChainId.Parse("a"), _a.Fixture.Genesis), new OpenChannel(EntityReference.Created(0), 10, 1));
        Assert.Equal(Outcome.CounterpartMismatch, _b.Prove(_a.Update(_b), new ConfirmChannel(1, _a.Height, _a.Proof(1))));
        _a.Prove(_b.Update(_a), new ConfirmChannel(1, _b.Height, _b.Proof(1)));
        Assert.Equal(Outcome.Committed, _b.Prove(_a.Update(_b), new ConfirmChannel(1, _a.Height, _a.Proof(1))));
    }

    [Fact]
    public void A_path_that_leads_to_another_channels_leaf_is_refused()
    {
        var link = new Link(_a, _b);
        _b.Do(new OpenChannel(Link.PeerOn(_b, _a), 10), new OpenChannel(Link.PeerOn(_b, _a), 10));
        for (uint number = 1; number <= 3; number++)
        {
            for (uint path = 1; path <= 3; path++)
            {
                Assert.Equal(number == path, (_b.Proof(number) with { Path = _b.Proof(path).Path }).LeadsTo(_b.Block(_b.Height).Header.ChannelsRoot));
            }
        }
    }
}
