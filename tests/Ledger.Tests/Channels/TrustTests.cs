using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Peers that contradict themselves or are gone for good, and what the operator may do about it.</summary>
public sealed class TrustTests
{
    private readonly Pair _pair = new();

    private Party Home => _pair.Home;

    private Party Away => _pair.Away;

    [Fact]
    public void Two_headers_of_one_height_freeze_everything_that_rests_on_the_peer()
    {
        _pair.Send(10);
        _pair.Link.Receive(Away);
        var report = new ReportEquivocation(1, Fork(Away.Height));
        Assert.Equal(Outcome.Committed, Home.Prove(report));
        Assert.Equal(Outcome.PeerAlreadyFrozen, Home.Prove(report));
        Home.Do(Outcome.PeerFrozen, _pair.Link.Sending(Home, _pair.AtHome, _pair.Alice, _pair.Bob, 1));
        Home.Do(Outcome.PeerFrozen, new OpenChannel(EntityReference.Numbered(1), 10));
        Assert.Equal(Outcome.PeerFrozen, _pair.Link.Acknowledge(Home));
        Assert.Equal(Outcome.PeerFrozen, Home.Prove(Away.Update(Home)));
        _pair.CheckReplay();
    }

    [Fact]
    public void A_later_header_with_another_history_is_equivocation_too()
    {
        var at = Away.Height;
        var forged = Forged(at);
        Away.Seal();
        var path = Away.HistoryPath((int)at, (int)Away.Height);
        var hash = Sha256.Of(Away.Block(at).Header.Encode());
        Assert.Equal(Outcome.HeadersAgree, Home.Prove(new ReportEquivocation(1, new Equivocation(Away.Anchor(at), Away.Anchor(Away.Height), hash, path))));
        Assert.Equal(Outcome.HeadersAgree, Home.Prove(new ReportEquivocation(1, new Equivocation(forged, Away.Anchor(Away.Height), Hash256.Zero, path))));
        Assert.Equal(Outcome.Committed, Home.Prove(new ReportEquivocation(1, new Equivocation(forged, Away.Anchor(Away.Height), hash, path))));
    }

    [Fact]
    public void What_is_not_equivocation()
    {
        var good = Fork(Away.Height);
        Assert.Equal(Outcome.PeerNotFound, Home.Prove(new ReportEquivocation(2, good)));
        Assert.Equal(Outcome.HeadersAgree, Home.Prove(new ReportEquivocation(1, good with { Earlier = good.Later })));
        Assert.Equal(Outcome.HeadersAgree, Home.Prove(new ReportEquivocation(1, good with { Earlier = Away.Anchor(1) })));
        Assert.Equal(Outcome.EquivocationNotProven, Home.Prove(new ReportEquivocation(1, good with { Earlier = good.Earlier with { Seal = good.Later.Seal } })));
        var stranger = new Pair();
        Assert.Equal(Outcome.EquivocationNotProven, Home.Prove(new ReportEquivocation(1, Fork(stranger.Away, stranger.Away.Height))));
    }

    [Fact]
    public void The_operator_resumes_by_naming_the_branch_it_keeps()
    {
        _pair.Send(10);
        var at = Away.Height;
        Home.Do(Outcome.PeerNotFound, new ResumePeer(EntityReference.Numbered(2), Away.Block(at).Header, Away.Fixture.SealingKey.Public));
        Home.Do(Outcome.PeerNotFrozen, new ResumePeer(EntityReference.Numbered(1), Away.Block(at).Header, Away.Fixture.SealingKey.Public));
        var report = new ReportEquivocation(1, Fork(at));
        Home.Prove(report);
        Home.Do(Outcome.PeerMismatch, new ResumePeer(EntityReference.Numbered(1), Home.Block(1).Header, Away.Fixture.SealingKey.Public));
        Home.Do(new ResumePeer(EntityReference.Numbered(1), Away.Block(at).Header, Away.Fixture.SealingKey.Public));
        Assert.Equal(Outcome.EquivocationSettled, Home.Prove(report));
        Assert.Equal(Outcome.HeaderNotHeld, Home.Prove(new TimeOut(1, at - 1, Away.Proof(1, at - 1), [new SequenceRange(1, 1)])));
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(Away));
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(Home));
        Assert.Equal(1UL, Home.Channel(1).Settled);
        Assert.Equal(Outcome.Committed, Home.Prove(new ReportEquivocation(1, Fork(Away.Height))));
        _pair.CheckReplay();
    }

    [Fact]
    public void A_peer_that_is_gone_for_good_is_abandoned_after_the_grace_and_what_is_unsettled_comes_back()
    {
        _pair.Send(10);
        _pair.Send(20);
        _pair.Link.Receive(Away, max: 1);
        _pair.Link.Acknowledge(Home);
        _pair.Send(40);
        Home.Do(Outcome.ChannelNotFound, new AbandonChannel(EntityReference.Numbered(2)));
        Home.Do(Outcome.GraceNotOver, new AbandonChannel(EntityReference.Numbered(1)));
        Home.Fixture.NowMs += Limits.AbandonGraceMs;
        Home.Do(new AbandonChannel(EntityReference.Numbered(1)));
        Home.Do(Outcome.ChannelAbandoned, new AbandonChannel(EntityReference.Numbered(1)));
        Home.Do(Outcome.ChannelAbandoned, new PauseChannel(EntityReference.Numbered(1)));
        Home.Do(Outcome.ChannelNotOpen, _pair.Link.Sending(Home, _pair.AtHome, _pair.Alice, _pair.Bob, 1, Limits.AbandonGraceMs));
        Assert.Equal(Outcome.ChannelNotOpen, _pair.Link.TimeOut(Home, new SequenceRange(2, 1)));
        Assert.Equal(Outcome.Committed, Home.Prove(new TimeOut(1, 0, null, [new SequenceRange(1, 3)])));
        Assert.Equal([Outcome.ChannelAbandoned, Outcome.ChannelAbandoned], ReceiveTests.Effects(Home.Block(Home.Height)).Select(effect => effect.Outcome));
        Assert.Equal(Outcome.AlreadySettled, Home.Prove(new TimeOut(1, 0, null, [new SequenceRange(1, 3)])));
        Assert.Equal((990, 10), (Home.Posted(_pair.Alice), _pair.Escrow));
        _pair.CheckReplay();
    }

    [Fact]
    public void A_frozen_peer_is_silent()
    {
        var silent = Home.State.Peers.Read(1).TimeMs;
        Home.Prove(new ReportEquivocation(1, Fork(Away.Height)));
        Home.Fixture.NowMs = silent + Limits.AbandonGraceMs - 1;
        Home.Do(Outcome.GraceNotOver, new AbandonChannel(EntityReference.Numbered(1)));
        Home.Do(new AbandonChannel(EntityReference.Numbered(1)));
    }

    private Equivocation Fork(ulong height) => Fork(Away, height);

    private static Equivocation Fork(Party party, ulong height) => new(party.Anchor(height), Equivocations.Forged(party, height), default, null);

    private Anchor Forged(ulong height) => Equivocations.Forged(Away, height);
}
