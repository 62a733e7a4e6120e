namespace Actors.Ledger.Tests.Rules;

/// <summary>Value that comes back is always applied; a closed account can only move out what it holds.</summary>
public sealed class ReturnedValueRules
{
    [Theory]
    [InlineData("freeze a")]
    [InlineData("ceiling a 0")]
    [InlineData("floor a 5000")]
    public void Nothing_set_on_an_account_stops_value_from_coming_back(string setting) => Book.Run($"""
        alice: pending p a b 100 1000; pending q a b 100 1000; pending r a b 100 5000 => Committed
        issuer: {setting}; {setting.Replace(" a", " b")} => Committed
        bob: void p => Committed
        expect a 1000 out 200
        time 1000
        block
        expect a 1000 out 100
        expect b 0 in 100
        """);

    [Fact]
    public void A_part_posted_releases_the_rest_to_an_account_above_its_ceiling() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        issuer: ceiling a 0 => Committed
        bob: post p 1 => Committed
        expect a 999
        """);

    [Fact]
    public void An_account_with_pendings_cannot_be_closed() => Book.Run("""
        alice: transfer a b 900; pending p a b 100 1000 => Committed
        alice: close a => AccountHasPendings
        bob: transfer b c 900 => Committed
        bob: close b => AccountHasPendings
        bob: post p => Committed
        bob: close b => AccountNotEmpty
        alice: close a => Committed
        """);

    [Fact]
    public void A_closed_account_takes_nothing_in() => Book.Run("""
        bob: close b => Committed
        alice: transfer a b 1 => CreditAccountClosed
        alice: pending p a b 1 1000 => CreditAccountClosed
        """);

    [Fact]
    public void A_closed_account_with_a_credit_line_cannot_use_it() => Book.Run("""
        issuer: floor b -100 => Committed
        bob: close b => Committed
        bob: transfer b c 1 => DebitAccountClosed
        """);

    [Fact]
    public void A_closed_account_can_move_out_only_what_it_holds()
    {
        var book = new Book();
        Script.Run(book, "bob: close b => Committed");
        book.State.Accounts.Touch(book.Names["b"]).Posted = 50;
        book.State.Accounts.Touch(book.Names["mint"]).Posted -= 50;
        Script.Run(book, """
            bob: transfer b c 51 => DebitAccountClosed
            bob: transfer b c 30 => Committed
            bob: pending p b c 20 1000 => Committed
            bob: transfer b c 1 => DebitAccountClosed
            carol: post p => Committed
            expect b 0
            """);
    }

    [Fact]
    public void A_frozen_account_that_was_closed_can_be_thawed_so_that_nothing_is_stuck()
    {
        var book = new Book();
        Script.Run(book, """
            issuer: freeze b; floor b 10 => Committed
            bob: close b => Committed
            """);
        book.State.Accounts.Touch(book.Names["b"]).Posted = 50;
        book.State.Accounts.Touch(book.Names["mint"]).Posted -= 50;
        Script.Run(book, """
            bob: transfer b c 50 => DebitAccountFrozen
            issuer: thaw b; floor b 0; ceiling b 10 => Committed
            bob: transfer b c 50 => Committed
            """);
    }
}
