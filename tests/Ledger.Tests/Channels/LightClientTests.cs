using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>What a light client takes for the peer's next header, in order of precedence, and how it follows changes of key.</summary>
public sealed class LightClientTests
{
    private readonly Pair _pair = new();

    private Party Home => _pair.Home;

    private Party Away => _pair.Away;

    [Fact]
    public void The_first_refusal_is_given()
    {
        _pair.Send(1);
        var good = Home.Update(Away);
        Assert.Equal(Outcome.PeerNotFound, Away.Prove(good with { Peer = 2 }));
        Assert.Equal(Outcome.HeaderOfAnotherChain, Away.Prove(good with { Header = Away.Block(Away.Height).Header }));
        Assert.Equal(Outcome.HeaderKnown, Away.Prove(Home.Update(Away, to: 1)));
        Assert.Equal(Outcome.HistoryNotProven, Away.Prove(good with { HistoryPath = [.. good.HistoryPath.Skip(1)] }));
        Assert.Equal(Outcome.HistoryNotProven, Away.Prove(good with { HistoryPath = [Hash256.Zero, .. good.HistoryPath.Skip(1)] }));
        Assert.Equal(Outcome.HeaderNotSealed, Away.Prove(good with { Seal = Away.Block(1).Seal }));
        Assert.Equal(Outcome.HeaderNotSealed, Away.Prove(good with { Header = good.Header with { ChannelsRoot = Hash256.Zero } }));
        Assert.Equal(Outcome.Committed, Away.Prove(good));
        Assert.Equal(Outcome.HeaderKnown, Away.Prove(good));
    }

    [Fact]
    public void A_sealed_header_that_goes_back_in_time_is_refused()
    {
        _pair.Send(1);
        var header = Home.Update(Away).Header with { Time = new Timestamp(ChainFixture.CreatedMs) };
        Assert.Equal(Outcome.HistoryNotProven, Away.Prove(Home.Update(Away) with { Header = header, Seal = Home.Fixture.SealingKey.Sign(header.Encode()) }));
        Assert.Equal(Outcome.Committed, Away.Prove(Home.Update(Away)));
    }

    [Fact]
    public void Packets_in_flight_arrive_over_changes_of_the_sealing_key()
    {
        _pair.Send(5);
        for (var i = 0; i < 3; i++)
        {
            Home.Do(new ChangeSealingKey(Home.Fixture.NewKey().Public));
        }

        _pair.Send(6);
        var update = Home.Update(Away);
        Assert.Equal(3, update.KeyChanges.Count);
        Assert.Equal(Outcome.HeaderNotSealed, Away.Prove(update with { KeyChanges = [.. update.KeyChanges.Take(2)] }));
        Assert.Equal(Outcome.KeyChangeNotProven, Away.Prove(update with { KeyChanges = [.. update.KeyChanges.Skip(1)] }));
        Assert.Equal(Outcome.KeyChangeNotProven, Away.Prove(update with { KeyChanges = [update.KeyChanges[0], update.KeyChanges[0], .. update.KeyChanges.Skip(1)] }));
        var lost = update.KeyChanges[0] with { HistoryPath = update.KeyChanges[1].HistoryPath };
        Assert.Equal(Outcome.KeyChangeNotProven, Away.Prove(update with { KeyChanges = [lost, .. update.KeyChanges.Skip(1)] }));
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(Away));
        Assert.Equal(11, _pair.Vouchers);
        _pair.CheckReplay();
    }

    [Fact]
    public void A_change_of_key_in_the_header_held_comes_with_the_next_update()
    {
        Home.Do(new ChangeSealingKey(Home.Fixture.NewKey().Public));
        Assert.Equal(Outcome.Committed, Away.Prove(Home.Update(Away)));
        Home.Seal();
        Assert.Single(Home.Update(Away).KeyChanges);
        Assert.Equal(Outcome.Committed, Away.Prove(Home.Update(Away)));
        Home.Seal();
        Assert.Empty(Home.Update(Away).KeyChanges);
        Assert.Equal(Outcome.Committed, Away.Prove(Home.Update(Away)));
        Assert.Equal(Home.Fixture.SealingKey.Public, Away.State.Peers.Read(1).SealingKey);
    }

    [Fact]
    public void A_proof_rests_on_any_of_the_last_headers_taken_and_on_no_older_one()
    {
        _pair.Send(5);
        var (first, receive) = (Home.Height, Away.Receive(Home, 1, 1, 1, 1));
        Away.Prove(Home.Update(Away));
        for (var i = 1; i < Limits.PeerHeadersHeld; i++)
        {
            Home.Seal();
            Assert.Equal(Outcome.Committed, Away.Prove(Home.Update(Away)));
        }

        Assert.True(Away.State.Peers.TryHeader(1, first, out _));
        Home.Seal();
        Assert.Equal(Outcome.HeaderNotHeld, Away.Prove(Home.Update(Away), receive));
        Assert.True(Away.State.Peers.TryHeader(1, first, out _));
        Assert.Equal(Outcome.Committed, Away.Prove(receive));
        Away.Prove(Home.Update(Away));
        Assert.False(Away.State.Peers.TryHeader(1, first, out _));
    }

    [Fact]
    public void What_was_done_before_does_not_stop_the_rest_of_its_transaction()
    {
        _pair.Send(5);
        var update = Home.Update(Away);
        var receive = Away.Receive(Home, 1, 1, 1, 1);
        Assert.Equal(Outcome.Committed, Away.Prove(update));
        Assert.Equal(Outcome.Committed, Away.Prove(update, receive));
        Assert.Equal(Outcome.AlreadyReceived, Away.Prove(update, receive));
        Assert.Equal(Outcome.HeaderKnown, Away.Prove(receive, update));
        _pair.CheckReplay();
    }

    [Fact]
    public void A_refused_operation_takes_the_others_of_its_transaction_with_it()
    {
        _pair.Send(5);
        var before = Away.State.Peers.Read(1).Height;
        var forged = Away.Receive(Home, 1, 1, 1, 1) with { Channel = 7 };
        Assert.Equal(Outcome.ChannelNotFound, Away.Prove(Home.Update(Away), forged));
        Assert.Equal(before, Away.State.Peers.Read(1).Height);
        Assert.Empty(Away.Block(Away.Height).Transactions);
        _pair.CheckReplay();
    }

    [Fact]
    public void Operations_of_proof_and_of_signature_do_not_stand_together()
    {
        var update = Home.Update(Away);
        Assert.Throws<Wire.MalformedException>(() => Away.Fixture.Make(TransactionKind.Atomic, [update]));
        Assert.Throws<Wire.MalformedException>(() => Away.Fixture.Make(TransactionKind.Proven, [update, new AbandonChannel(Operations.EntityReference.Numbered(1))]));
    }

    [Fact]
    public void A_proven_transaction_carries_no_signature()
    {
        _pair.Send(1);
        var transaction = Away.Fixture.Make(TransactionKind.Proven, [Home.Update(Away)]);
        var bytes = Envelope.Encode(Away.Genesis, transaction, []);
        Assert.Empty(Envelope.Parse(bytes, Away.Genesis).Signers);
        var key = Away.Fixture.Operator;
        var signed = Envelope.Encode(Away.Genesis, transaction, [new Signer(key.Public, key.Sign(transaction.Signed))]);
        Assert.Equal(Outcome.SurplusSignature, Assert.Throws<Wire.MalformedException>(() => Envelope.Parse(signed, Away.Genesis)).Outcome);
        Assert.Throws<Wire.MalformedException>(() => Envelope.Parse((byte[])[.. bytes, 0], Away.Genesis));
    }
}
