using Actors.Ledger.Accounts;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Delivery versus payment: home delivers euros, away pays dollars for them, both or neither.</summary>
public sealed class DeliveryTests
{
    private readonly Pair _pair = new();
    private readonly ulong _payer;
    private readonly ulong _paid;

    public DeliveryTests()
    {
        var dollar = Away.OpenAsset("USD");
        var mint = Away.OpenAccounts(dollar, floor: long.MinValue);
        (_payer, _paid) = (Away.OpenAccounts(dollar), Away.OpenAccounts(dollar));
        Away.Move(mint, _payer, 500);
    }

    private Party Away => _pair.Away;

    [Fact]
    public void The_delivery_carries_out_the_payment()
    {
        Agree();
        Deliver(100);
        Assert.Equal((0, 300, 200), (Away.Account(_payer).PendingOut, Away.Posted(_paid), Away.Posted(_payer)));
        Assert.Equal((100, 100), (Away.Posted(_pair.Bob), _pair.Escrow));
        Assert.Equal(PendingState.Posted, Away.State.Pendings.Read(1).State);
        Assert.Empty(ReceiveTests.Exceptions(Away));
        _pair.CheckReplay();
    }

    [Theory]
    [InlineData(99, 0, 1, Outcome.DeliveryMismatch)]
    [InlineData(100, 1, 1, Outcome.DeliveryMismatch)]
    [InlineData(100, 0, 2, Outcome.PendingNotFound)]
    public void A_delivery_that_was_not_agreed_comes_back_and_nothing_is_paid(long amount, ulong recipient, ulong pending, Outcome outcome)
    {
        Agree();
        Deliver(amount, recipient, pending);
        Assert.Equal(outcome, Assert.Single(ReceiveTests.Exceptions(Away)).Outcome);
        Assert.Equal((300, 0, 0), (Away.Account(_payer).PendingOut, Away.Posted(_paid), Away.Posted(_pair.Bob)));
        _pair.Link.Acknowledge(_pair.Home);
        Assert.Equal(1_000, _pair.Home.Posted(_pair.Alice));
        _pair.CheckReplay();
    }

    [Fact]
    public void A_delivery_from_another_account_is_not_the_one_agreed()
    {
        _pair.Home.Move(_pair.Alice, _pair.Alice + 1, 100);
        Agree();
        _pair.Home.Do(Delivery(100) with { Debit = Party.Of(_pair.Alice + 1) });
        _pair.Link.Receive(Away);
        Assert.Equal(Outcome.DeliveryMismatch, Assert.Single(ReceiveTests.Exceptions(Away)).Outcome);
    }

    [Fact]
    public void A_delivery_names_no_pending_that_a_keyset_decides()
    {
        Away.Do(new Pending(Party.Of(_payer), Party.Of(_paid), 300, new Timestamp(Away.NowMs + 3_600_000)));
        Deliver(100);
        Assert.Equal(Outcome.DeliveryMismatch, Assert.Single(ReceiveTests.Exceptions(Away)).Outcome);
    }

    [Fact]
    public void A_second_delivery_is_not_paid_again()
    {
        Agree();
        Deliver(100);
        Deliver(100);
        Assert.Equal(Outcome.PendingNotOpen, Assert.Single(ReceiveTests.Exceptions(Away)).Outcome);
        Assert.Equal(300, Away.Posted(_paid));
    }

    [Fact]
    public void A_payment_at_its_timeout_is_not_made()
    {
        Agree(timeoutInMs: 30_000);
        _pair.Home.Do(Delivery(100));
        Away.Fixture.NowMs += 60_000;
        _pair.Link.Receive(Away);
        Assert.Equal(Outcome.PendingNotOpen, Assert.Single(ReceiveTests.Exceptions(Away)).Outcome);
        Assert.Equal((500, 0), (Away.Posted(_payer), Away.Posted(_paid)));
    }

    [Fact]
    public void A_frozen_account_is_not_paid_and_nothing_is_delivered()
    {
        Agree();
        Away.Do(new Freeze(Party.Of(_paid)));
        Deliver(100);
        Assert.Equal(Outcome.CreditAccountFrozen, Assert.Single(ReceiveTests.Exceptions(Away)).Outcome);
        Assert.Equal(0, Away.Posted(_pair.Bob));
    }

    [Fact]
    public void Nobody_posts_or_voids_what_a_delivery_decides()
    {
        Agree();
        Assert.Equal(Outcome.PendingDecidedByDelivery, Away.Fixture.Submit([new Post(EntityReference.Numbered(1))], Away.Fixture.Operator).Outcome);
        Assert.Equal(Outcome.PendingDecidedByDelivery, Away.Fixture.Submit([new Pendings.Void(EntityReference.Numbered(1))], Away.Fixture.Operator).Outcome);
        IOperation[] both = [Payment(3_600_000), new Post(EntityReference.Created(0))];
        Assert.Equal(Outcome.PendingDecidedByDelivery, Away.Fixture.Submit(both, Away.Fixture.Operator).Outcome);
    }

    [Fact]
    public void What_is_not_agreed()
    {
        Away.Do(Outcome.BelowFloor, Payment(0) with { Amount = 501 });
        Away.Do(Outcome.TimeoutPassed, Payment(0) with { Timeout = new Timestamp(1) });
        Away.Do(Outcome.RouteNotFound, Payment(3_600_000) with { Through = new AccountNumber(_paid) });
        Away.Do(Outcome.AccountNotFound, Payment(3_600_000) with { Recipient = Party.Of(999) });
    }

    private void Agree(ulong timeoutInMs = 3_600_000) => Away.Do(Payment(timeoutInMs));

    private PendingDelivery Payment(ulong timeoutInMs) => new(
        Party.Of(_payer),
        Party.Of(_paid),
        300,
        new Timestamp(Away.NowMs + timeoutInMs),
        new AccountNumber(Away.Route(_pair.AtAway).Account),
        new AccountNumber(_pair.Alice),
        100,
        Party.Of(_pair.Bob));

    private Send Delivery(long amount, ulong recipient = 0, ulong pending = 1) =>
        _pair.Link.Sending(_pair.Home, _pair.AtHome, _pair.Alice, _pair.Bob + recipient, amount) with { Delivers = new PendingNumber(pending) };

    private void Deliver(long amount, ulong recipient = 0, ulong pending = 1)
    {
        _pair.Home.Do(Delivery(amount, recipient, pending));
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(Away));
    }
}
