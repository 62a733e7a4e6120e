using Actors.Ledger.Accounts;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Tests.Channels;

/// <summary>What a send is refused for, each with the reason after it in the ladder applying too.</summary>
public sealed class SendRules
{
    private readonly Pair _pair = new(inFlightMax: 2);

    private Party Home => _pair.Home;

    private Send Good => _pair.Link.Sending(Home, _pair.AtHome, _pair.Alice, _pair.Bob, 10);

    [Fact]
    public void The_earlier_refusal_is_given()
    {
        var (past, far) = (new Timestamp(Home.NowMs), new Timestamp(Home.NowMs + (2 * Limits.PacketTimeoutMsMax)));
        Assert.Equal(Outcome.DebitAccountNotFound, Home.Fixture.Submit([Good with { Debit = Party.Of(999) }], Home.Fixture.Operator).Outcome);
        Home.Do(Outcome.RouteNotFound, Good with { Through = new AccountNumber(_pair.Alice), Amount = 0 });
        Home.Do(Outcome.ZeroAmount, Good with { Debit = Party.Of(1), Amount = 0 });
        var dollars = Home.OpenAccounts(Home.OpenAsset("USD"));
        Home.Do(Outcome.AssetMismatch, Good with { Debit = Party.Of(dollars), Timeout = past });
        Home.Do(Outcome.SystemAccount, Good with { Debit = Party.Of(Good.Through.Value) });
        Home.Do(new Freeze(Party.Of(_pair.Alice + 1)));
        Home.Do(Outcome.DebitAccountFrozen, Good with { Debit = Party.Of(_pair.Alice + 1), Amount = 5_000 });
        Home.Do(new Close(Party.Of(_pair.Alice + 2)));
        Home.Do(Outcome.DebitAccountClosed, Good with { Debit = Party.Of(_pair.Alice + 2), Amount = 5_000 });
        Home.Do(Outcome.BelowFloor, Good with { Amount = 1_001, Peer = Home.Genesis });
        Home.Do(Outcome.PeerMismatch, Good with { Peer = Home.Genesis, Timeout = past });
        Home.Do(new PauseChannel(EntityReference.Numbered(1)));
        Home.Do(Outcome.ChannelPaused, Good with { Timeout = past });
        Home.Do(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        Home.Do(Good, Good with { Peer = _pair.Away.Genesis });
        Home.Do(Outcome.TimeoutPassed, Good with { Timeout = past });
        Home.Do(Outcome.TimeoutTooFar, Good with { Timeout = far });
        Home.Do(new LimitRoute(_pair.AtHome, 1));
        Home.Do(Outcome.ChannelFull, Good);
        Assert.Equal(20, _pair.Escrow);
        _pair.CheckReplay();
    }

    [Fact]
    public void Overflow_of_the_escrow_comes_before_the_floor()
    {
        Home.Do(Good);
        Home.Do(Outcome.AmountOverflow, Good with { Amount = long.MaxValue });
    }

    [Fact]
    public void A_channel_that_is_not_confirmed_sends_nothing()
    {
        Home.Do(new OpenChannel(Link.PeerOn(Home, _pair.Away), 10));
        var route = (uint)Home.Created(Home.Do(new OpenRoute(EntityReference.Numbered(2), EntityReference.Numbered(_pair.Euro))));
        Home.Do(Outcome.ChannelNotOpen, Good with { Through = new AccountNumber(Home.Route(route).Account), Peer = Home.Genesis });
    }

    [Fact]
    public void Sends_of_one_block_count_and_refused_ones_do_not()
    {
        Home.Fixture.SubmitBulk([Good, Good with { Amount = 9_999 }, Good, Good], Home.Fixture.Operator);
        var block = Home.Seal();
        Assert.Equal([Outcome.BelowFloor, Outcome.ChannelFull], block.Effect(0).Operations.Select(entry => entry.Outcome).Where(outcome => outcome != Outcome.Committed));
        Assert.Equal([1, 2], block.Effect(0).Operations.Where(entry => entry.Created > 0).Select(entry => (int)entry.Created));
        Assert.Equal((2UL, 20L), (Home.Channel(1).Sent, _pair.Escrow));
        _pair.Link.Receive(_pair.Away);
        Home.Do(Outcome.ChannelFull, Good);
        _pair.Link.Acknowledge(Home);
        Home.Do(Good);
        _pair.CheckReplay();
    }

    [Fact]
    public void A_linked_run_that_is_refused_sends_nothing()
    {
        Home.Fixture.SubmitBulk([Good with { Linked = true }, Good with { Amount = 9_999 }, Good], Home.Fixture.Operator);
        Home.Seal();
        Assert.Equal((1UL, 10L), (Home.Channel(1).Sent, _pair.Escrow));
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(_pair.Away));
        _pair.CheckReplay();
    }

    [Fact]
    public void An_ordinary_transfer_does_not_move_a_routes_account()
    {
        var escrow = Good.Through.Value;
        Home.Do(Outcome.SystemAccount, new Transfer(Party.Of(_pair.Alice), Party.Of(escrow), 1));
        Home.Do(Good);
        Home.Do(Outcome.SystemAccount, new Transfer(Party.Of(escrow), Party.Of(_pair.Alice), 1));
        Home.Do(Outcome.SystemAccount, new Freeze(Party.Of(escrow)));
        Home.Do(Outcome.SystemAccount, new SetFloor(Party.Of(escrow), -5));
    }

    [Fact]
    public void A_route_leads_one_asset_over_one_channel_once()
    {
        Home.Do(Outcome.ChannelNotFound, new OpenRoute(EntityReference.Numbered(9), EntityReference.Numbered(1)));
        Assert.Equal(Outcome.AssetNotFound, Home.Fixture.Submit([new OpenRoute(EntityReference.Numbered(1), EntityReference.Numbered(9))], Home.Fixture.Operator).Outcome);
        Home.Do(Outcome.RouteTaken, new OpenRoute(EntityReference.Numbered(1), EntityReference.Numbered(_pair.Euro)));
        _pair.Away.Do(Outcome.RouteTaken, new OpenRoute(EntityReference.Numbered(1), default, new Voucher((uint)_pair.Euro, 2, "AGAIN")));
        _pair.Away.Do(Outcome.RouteTaken, new OpenRoute(EntityReference.Numbered(1), EntityReference.Numbered(_pair.Voucher)));
        _pair.Away.Do(Outcome.AssetCodeTaken, new OpenRoute(EntityReference.Numbered(1), default, new Voucher(7, 2, "HOME.EUR")));
        Home.Do(Outcome.RouteNotFound, new LimitRoute(9, 1));
    }

    [Fact]
    public void A_route_of_a_restricted_asset_needs_its_issuer()
    {
        var issuer = Home.Fixture.NewKey();
        var keyset = Home.Fixture.Submit([new Keysets.OpenKeyset(issuer.Keyset), new Assets.CreateAsset(EntityReference.Created(0), 0, "SHARE", Restricted: true)], issuer, Home.Fixture.Operator);
        Assert.Equal(Outcome.Committed, keyset.Outcome);
        Home.Seal();
        IOperation[] open = [new OpenRoute(EntityReference.Numbered(1), EntityReference.Numbered(Home.State.Assets.Count))];
        Assert.Equal(Outcome.MissingSignature, Home.Fixture.Submit(open, Home.Fixture.Operator).Outcome);
        Assert.Equal(Outcome.Committed, Home.Fixture.Submit(open, Home.Fixture.Operator, issuer).Outcome);
    }

    [Fact]
    public void A_voucher_says_which_way_it_came()
    {
        var asset = _pair.Away.State.Assets.Read((uint)_pair.Voucher);
        Assert.Equal((1u, (uint)_pair.Euro), (asset.Channel, asset.PeerAsset));
    }
}
