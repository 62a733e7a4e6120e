namespace Actors.Ledger.Tests.Rules;

/// <summary>A linked run of pendings is a group: one timeout, one decider, one end.</summary>
public sealed class GroupRules
{
    private const string Group = "alice: pending p a b 10 1000 by carol & pending q a b+1 20 1000 by carol & pending r a+1 c 5 1000 by carol";

    [Fact]
    public void A_group_that_cannot_be_opened_whole_is_not_opened() => Book.Run($"""
        {Group} => BelowFloor@2
        expect a 1000
        """);

    [Fact]
    public void A_group_is_posted_together() => Book.Run($"""
        issuer: transfer mint a+1 5 => Committed
        {Group} => Committed
        carol: post p => Committed
        expect a 970
        expect b 10
        expect b+1 20
        expect c 5
        expect q posted
        expect r posted
        """);

    [Fact]
    public void A_group_is_voided_together() => Book.Run($"""
        issuer: transfer mint a+1 5 => Committed
        {Group} => Committed
        carol: void p => Committed
        expect a 1000
        expect a+1 5
        expect r voided
        """);

    [Fact]
    public void A_group_expires_together() => Book.Run($"""
        issuer: transfer mint a+1 5 => Committed
        {Group} => Committed
        time 1000
        block
        expect p expired
        expect q expired
        expect r expired
        expect a 1000
        """);

    [Fact]
    public void A_group_has_one_decider_however_it_is_named() => Book.Run("""
        alice: pending p a b 1 1000 & pending q a b+1 1 1000 => Committed
        alice: pending p a b 1 1000 & pending q a c 1 1000 by bob => Committed
        alice: pending p a b 1 1000 & pending q a c 1 1000 => GroupMismatch@1
        alice: pending p a b 1 1000 by bob & pending q a b 1 1000 by carol => GroupMismatch@1
        alice: pending p a b 1 1000 & pending q a b 1 1001 => GroupMismatch@1
        """);

    [Fact]
    public void A_run_with_anything_else_in_it_is_no_group() => Book.Run("""
        alice: pending p a b 1 1000 & pending q a c 1 2000 & transfer a b 1 => Committed
        bob: post p => Committed
        carol: void q => Committed
        """);

    [Fact]
    public void Pendings_that_are_not_linked_are_no_group() => Book.Run("""
        alice: pending p a b 1 1000; pending q a c 1 2000 => Committed
        carol: post q => Committed
        expect p open
        """);

    [Fact]
    public void Two_groups_in_one_transaction_are_two() => Book.Run("""
        alice: pending p a b 1 1000 & pending q a b 1 1000; pending r a c 1 2000 & pending s a c 1 2000 => Committed
        carol: void r => Committed
        expect p open
        expect q open
        expect s voided
        bob: post q => PendingIsGrouped
        bob: post p => Committed
        """);

    [Fact]
    public void A_group_after_a_refused_group_starts_anew() => Book.Run("""
        bulk alice: pending p a b 1 1000 & pending q a b 1 2000; pending r a b 1 3000 & pending s a b 1 3000 => LinkedOperationRefused, GroupMismatch, Committed, Committed
        expect a 1000 out 2
        bob: post r => Committed
        expect s posted
        """);
}
