using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>What is not received, in order of precedence, and what is received but not accepted and comes back.</summary>
public sealed class ReceiveTests
{
    private readonly Pair _pair = new();

    private Party Home => _pair.Home;

    private Party Away => _pair.Away;

    [Fact]
    public void The_first_refusal_is_given()
    {
        for (var i = 0; i < 5; i++)
        {
            _pair.Send(10 + i);
        }

        var good = Away.Receive(Home, 1, 1, 1, 3);
        var wrongRight = good.Packets with { Right = [Hash256.Zero, .. good.Packets.Right.Skip(1)] };
        Assert.Equal(Outcome.ChannelNotFound, Away.Prove(good with { Channel = 2 }));
        Assert.Equal(Outcome.HeaderNotHeld, Away.Prove(good));
        Away.Prove(Home.Update(Away));
        Assert.Equal(Outcome.ChannelNotProven, Away.Prove(good with { Proof = Home.Proof(1, Home.Height - 1) }));
        Away.Do(new PauseChannel(EntityReference.Numbered(1)));
        Assert.Equal(Outcome.ChannelPaused, Away.Prove(good with { Packets = wrongRight }));
        Away.Do(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        Assert.Equal(Outcome.PacketsOutOfOrder, Away.Prove(Away.Receive(Home, 1, 1, 2, 2)));
        Assert.Equal(Outcome.PacketsNotProven, Away.Prove(good with { Packets = wrongRight }));
        Assert.Equal(Outcome.PacketsNotProven, Away.Prove(good with { Packets = good.Packets with { Right = [] } }));
        Assert.Equal(Outcome.PacketsNotProven, Away.Prove(good with { Packets = Swapped(good.Packets) }));
        Assert.Equal(Outcome.Committed, Away.Prove(good));
        Assert.Equal(Outcome.AlreadyReceived, Away.Prove(good));
        Assert.Equal(Outcome.Committed, Away.Prove(Away.Receive(Home, 1, 1, 2, 4)));
        Assert.Equal((60, 5UL, 2UL), (_pair.Vouchers, Away.Channel(1).Received, Away.Channel(1).Acknowledged));
        _pair.CheckReplay();
    }

    [Fact]
    public void A_changed_byte_of_a_packet_is_refused()
    {
        _pair.Send(10);
        Away.Prove(Home.Update(Away));
        var good = Away.Receive(Home, 1, 1, 1, 1);
        for (var at = 0; at < good.Packets.Bytes.Length; at++)
        {
            var bytes = good.Packets.Bytes.ToArray();
            bytes[at] ^= 1;
            Assert.Equal(Outcome.PacketsNotProven, Away.Prove(good with { Packets = good.Packets with { Bytes = bytes } }));
        }
    }

    [Fact]
    public void A_proof_of_another_channel_of_the_peer_is_refused()
    {
        var third = new Link(Home, new Party("third"));
        _pair.Send(10);
        Away.Prove(Home.Update(Away));
        var receive = Away.Receive(Home, 1, 1, 1, 1) with { Proof = Home.Proof(third.OfA) };
        Assert.Equal(Outcome.CounterpartMismatch, Away.Prove(receive));
    }

    [Theory]
    [InlineData("late", Outcome.PacketTimedOut)]
    [InlineData("nobody", Outcome.CreditAccountNotFound)]
    [InlineData("another asset", Outcome.AssetMismatch)]
    [InlineData("the route's own account", Outcome.SystemAccount)]
    [InlineData("frozen", Outcome.CreditAccountFrozen)]
    [InlineData("closed", Outcome.CreditAccountClosed)]
    [InlineData("above its ceiling", Outcome.AboveCeiling)]
    [InlineData("over the limit", Outcome.RateLimited)]
    public void A_packet_that_is_not_accepted_comes_back_with_its_outcome(string recipient, Outcome outcome)
    {
        var target = Prepare(recipient);
        _pair.Send(5);
        _pair.Send(100, target, recipient == "late" ? 10_000UL : 3_600_000);
        _pair.Send(7);
        Away.Fixture.NowMs += 60_000;
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(Away));
        Assert.Equal((2UL, outcome), (Assert.Single(Exceptions(Away)).Sequence, Exceptions(Away).Single().Outcome));
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(Home));
        var refund = Assert.Single(Effects(Home.Block(Home.Height)));
        Assert.Equal((2UL, outcome, 100L, new AccountNumber(_pair.Alice)), (refund.Sequence, refund.Outcome, refund.Amount, refund.Credit));
        Assert.Equal((3UL, 12L, 12L), (Home.Channel(1).Settled, _pair.Escrow, _pair.Vouchers));
        _pair.CheckReplay();
    }

    [Fact]
    public void Value_of_an_asset_without_a_route_comes_back()
    {
        var dollar = Home.OpenAsset("USD");
        var mint = Home.OpenAccounts(dollar, floor: long.MinValue);
        var route = (uint)Home.Created(Home.Do(new OpenRoute(EntityReference.Numbered(1), EntityReference.Numbered(dollar))));
        _pair.Link.Send(Home, route, mint, _pair.Bob, 100);
        _pair.Link.Receive(Away);
        Assert.Equal(Outcome.RouteNotFound, Assert.Single(Exceptions(Away)).Outcome);
        _pair.Link.Acknowledge(Home);
        Assert.Equal((0, 0), (Home.Posted(mint), Home.Posted(Home.Route(route).Account)));
    }

    [Fact]
    public void A_balance_that_would_leave_64_bits_is_an_exception()
    {
        Away.State.Accounts.Touch(_pair.Bob).Posted = long.MaxValue - 50;
        _pair.Send(100);
        _pair.Link.Receive(Away);
        Assert.Equal(Outcome.AmountOverflow, Assert.Single(Exceptions(Away)).Outcome);
    }

    [Fact]
    public void An_escrow_that_does_not_hold_the_amount_releases_nothing()
    {
        _pair.Send(50);
        _pair.Link.Receive(Away);
        _pair.SendHome(50);
        Home.State.Accounts.Touch(Home.Route(_pair.AtHome).Account).Posted = 40;
        Home.State.Accounts.Touch(_pair.Alice).Posted += 10;
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(Home));
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(Away));
        Assert.Equal(50, _pair.Vouchers);
        Assert.Equal(Outcome.BelowFloor, Assert.Single(Exceptions(Home)).Outcome);
    }

    [Fact]
    public void A_refund_is_credited_to_a_sender_that_is_frozen_closed_and_over_its_ceiling()
    {
        _pair.Send(1_000, to: 999);
        Home.Do(new SetCeiling(Party.Of(_pair.Alice), 0), new Close(Party.Of(_pair.Alice)), new Freeze(Party.Of(_pair.Alice)));
        _pair.Link.Receive(Away);
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(Home));
        Assert.Equal((1_000, 0), (Home.Posted(_pair.Alice), _pair.Escrow));
        Assert.Equal(AccountFlags.Frozen | AccountFlags.Closed, Home.Account(_pair.Alice).Flags);
    }

    [Fact]
    public void A_refund_that_no_account_can_hold_leaves_the_rest_in_escrow()
    {
        _pair.Send(1_000, to: 999);
        var mint = Home.OpenAccounts(_pair.Euro, floor: long.MinValue);
        Home.Move(mint, _pair.Alice, long.MaxValue - 300);
        _pair.Link.Receive(Away);
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(Home));
        Assert.Equal((long.MaxValue, 700, 300), (Home.Posted(_pair.Alice), _pair.Escrow, Assert.Single(Effects(Home.Block(Home.Height))).Amount));
        _pair.CheckReplay();
    }

    internal static IReadOnlyList<PacketException> Exceptions(Party party) =>
        [.. party.Acknowledgements(1).SelectMany(leaf => Acknowledgement.Parse(leaf).Exceptions)];

    internal static IReadOnlyList<PacketEffect> Effects(Block block) =>
        [.. Enumerable.Range((int)block.Header.FirstPacketLeaf, (int)(block.Header.FirstTouchLeaf - block.Header.FirstPacketLeaf))
            .SelectMany(leaf => EffectLeaf.ReadPackets(block.EffectLeaves[leaf].Span))];

    /// <summary>Makes away refuse 100 for an account, and gives its number.</summary>
    private ulong Prepare(string recipient)
    {
        var target = _pair.Bob + 1;
        switch (recipient)
        {
            case "nobody":
                return 999;
            case "another asset":
                return Away.OpenAccounts(Away.OpenAsset("USD"));
            case "the route's own account":
                return Away.Route(_pair.AtAway).Account;
            case "frozen":
                Away.Do(new Freeze(Party.Of(target)));
                break;
            case "closed":
                Away.Do(new Close(Party.Of(target)));
                break;
            case "above its ceiling":
                Away.Do(new SetCeiling(Party.Of(target), 50));
                break;
            case "over the limit":
                Away.Do(new LimitRoute(_pair.AtAway, 50));
                break;
        }

        return target;
    }

    private static LeafRun Swapped(LeafRun run) => LeafRun.Of(run.First, [run[1].ToArray(), run[0].ToArray(), run[2].ToArray()], run.Right);
}
