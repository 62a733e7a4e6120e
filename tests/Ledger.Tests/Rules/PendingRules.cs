namespace Actors.Ledger.Tests.Rules;

public sealed class PendingRules
{
    [Fact]
    public void A_pending_sets_value_aside_in_both_accounts_and_moves_none() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        expect a 1000 out 100
        expect b 0 in 100
        expect p open
        """);

    [Theory]
    [InlineData("alice: pending p a #999 0 0 => CreditAccountNotFound")]
    [InlineData("alice: pending p a a 0 0 => SameAccount")]
    [InlineData("alice: pending p a b 0 0 => ZeroAmount")]
    [InlineData("alice: pending p a b 1001 0 => BelowFloor")]
    [InlineData("issuer+alice: ceiling b 1; pending p a b 5 0 => AboveCeiling@1")]
    [InlineData("alice: pending p a b 5 0 => TimeoutPassed")]
    [InlineData("alice: pending p a b 5 316224000001 => TimeoutTooFar")]
    [InlineData("alice: pending p a b 5 316224000000 => Committed")]
    [InlineData("alice: pending p a b 5 1 & pending q a b 5 0 => TimeoutPassed@1")]
    [InlineData("alice: pending p a b 5 1 & pending q a b 5 2 => GroupMismatch@1")]
    [InlineData("alice: pending p a b 5 1000 by #999 => answer KeysetNotFound")]
    [InlineData("alice: pending p #999 b 5 1000 by #999 => answer DebitAccountNotFound")]
    public void The_earlier_refusal_is_given(string line) => Book.Run(line);

    [Fact]
    public void Posting_moves_the_whole_amount() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        bob: post p => Committed
        expect a 900
        expect b 100
        expect p posted
        """);

    [Fact]
    public void Posting_a_part_releases_the_rest() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        bob: post p 30 => Committed
        expect a 970
        expect b 30
        bob: post p 70 => answer PendingNotOpen
        """);

    [Fact]
    public void Voiding_releases_everything() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        bob: void p => Committed
        expect a 1000
        expect b 0
        expect p voided
        """);

    [Fact]
    public void A_voided_pending_transfer_cannot_be_posted() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        bob: void p => Committed
        bob: post p => answer PendingNotOpen
        bob: void p => answer PendingNotOpen
        bulk bob: post p; note bob => PendingNotOpen, Committed
        """);

    [Theory]
    [InlineData("bob: post #9999 0 => answer PendingNotFound")]
    [InlineData("bob: post q 0 => PendingTimedOut")]
    [InlineData("bob: post g2 0 => PendingIsGrouped")]
    [InlineData("bob: post g1 0 => GroupInPart")]
    [InlineData("bob: post p 0 => ZeroAmount")]
    [InlineData("issuer+bob: freeze a; post p 101 => PostAmountTooLarge@1")]
    [InlineData("issuer+bob: freeze a; freeze b; post p => DebitAccountFrozen@2")]
    [InlineData("issuer+bob: freeze b; post p => CreditAccountFrozen@1")]
    [InlineData("issuer+bob: freeze b; post g1 => CreditAccountFrozen@1")]
    [InlineData("bob: void q => PendingTimedOut")]
    [InlineData("bob: void g2 => PendingIsGrouped")]
    [InlineData("bob: post p; post p => PendingNotOpen@1")]
    [InlineData("bob: post p; void p => PendingNotOpen@1")]
    [InlineData("bob: post p 100 => Committed")]
    [InlineData("issuer+bob: freeze a; freeze b; void p => Committed")]
    public void The_earlier_refusal_of_a_settlement_is_given(string line)
    {
        var book = new Book();
        Script.Run(book, """
            alice: pending p a b 100 9000 => Committed
            alice: pending g1 a b 10 9000 & pending g2 a b 10 9000 => Committed
            alice: pending old a b 1 500; pending q a b 1 600 => Committed
            """);
        var due = string.Join("; ", Enumerable.Range(0, 1024).Select(i => $"pending d{i} a b+1 1 400"));
        Script.Run(book, $"""
            issuer: transfer mint a 2000 => Committed
            alice: {due} => Committed
            time 700
            {line}
            """);
        book.Replay();
    }

    [Fact]
    public void A_post_is_never_refused_by_a_floor_or_a_ceiling() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        issuer: floor a 5000; ceiling b 0 => Committed
        bob: post p => Committed
        expect a 900
        expect b 100
        """);

    [Fact]
    public void A_pending_can_be_opened_and_posted_in_one_transaction() => Book.Run("""
        alice+bob: pending p a b 100 1000; post p 40 => Committed
        expect a 960
        expect b 40
        """);
}
