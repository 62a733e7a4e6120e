using Actors.Ledger.Accounts;

namespace Actors.Ledger.Tests.Rules;

/// <summary>
/// The ladder of a movement of value. Each row of <see cref="The_earlier_refusal_is_given"/> is a transfer to which a refusal and a
/// later one apply.
/// </summary>
public sealed class TransferRules
{
    [Fact]
    public void A_transfer_moves_value() => Book.Run("""
        alice: transfer a b 100 => Committed
        expect a 900
        expect b 100
        expect mint -1000
        """);

    [Theory]
    [InlineData("issuer: transfer #999 #998 0 => answer DebitAccountNotFound")]
    [InlineData("alice: transfer a #999 0 => CreditAccountNotFound")]
    [InlineData("alice: transfer a a 0 => SameAccount")]
    [InlineData("alice: transfer a u 0 => ZeroAmount")]
    [InlineData("issuer+alice: freeze a; transfer a u 1 => AssetMismatch@1")]
    [InlineData("issuer+alice: freeze a; freeze b; transfer a b 1 => DebitAccountFrozen@2")]
    [InlineData("issuer+alice: freeze a+1; close a+1; transfer a+1 b 1 => DebitAccountFrozen@2")]
    [InlineData("issuer+alice: freeze b; close a+1; transfer a+1 b 1 => CreditAccountFrozen@2")]
    [InlineData("alice+bob: close a+1; close b; transfer a+1 b 1 => DebitAccountClosed@2")]
    [InlineData("alice+bob: close b; transfer a b max => CreditAccountClosed@1")]
    [InlineData("issuer: transfer mint a max => AmountOverflow")]
    [InlineData("issuer+alice: ceiling a+1 1; transfer a+2 a+1 5 => BelowFloor@1")]
    [InlineData("issuer+alice: ceiling b 1; transfer a b 5 => AboveCeiling@1")]
    public void The_earlier_refusal_is_given(string line) => Book.Run($"""
        operator: asset USD issuer => Committed
        alice: open u alice USD => Committed
        {line}
        """);

    [Fact]
    public void An_overflow_comes_before_a_floor_and_a_ceiling() => Book.Run("""
        issuer: transfer mint b 10; ceiling b 5 => Committed
        alice: transfer a b max => AmountOverflow
        """);

    [Fact]
    public void A_system_account_comes_after_the_asset_and_before_a_frozen_one()
    {
        var book = new Book();
        Script.Run(book, """
            operator: asset USD issuer => Committed
            bob: open u bob USD => Committed
            issuer: freeze a => Committed
            """);
        book.State.Accounts.Touch(book.Names["a"]).Flags |= AccountFlags.System;
        Script.Run(book, """
            alice: transfer a u 1 => AssetMismatch
            alice: transfer a b 1 => SystemAccount
            alice: pending p a b 1 1000 => SystemAccount
            issuer: transfer mint a 1 => SystemAccount
            issuer: floor a 1 => SystemAccount
            issuer: ceiling a 1 => SystemAccount
            issuer: thaw a => SystemAccount
            alice: close a => SystemAccount
            alice: alias a main => SystemAccount
            """);
    }

    [Fact]
    public void An_ordinary_account_goes_down_to_zero_and_no_further() => Book.Run("""
        alice: transfer a b 1001 => BelowFloor
        alice: transfer a b 1000 => Committed
        alice: transfer a b 1 => BelowFloor
        expect a 0
        """);

    [Fact]
    public void What_is_set_aside_cannot_be_spent() => Book.Run("""
        alice: pending p a b 700 1000 => Committed
        alice: transfer a b 301 => BelowFloor
        alice: transfer a b 300 => Committed
        expect a 700 out 700
        """);

    [Fact]
    public void A_negative_floor_is_a_credit_line() => Book.Run("""
        issuer: floor b -50 => Committed
        bob: transfer b c 51 => BelowFloor
        bob: transfer b c 50 => Committed
        expect b -50
        """);

    [Fact]
    public void A_ceiling_counts_what_is_on_its_way_in() => Book.Run("""
        issuer: ceiling b 100 => Committed
        alice: pending p a b 60 1000 => Committed
        alice: transfer a b 41 => AboveCeiling
        alice: transfer a b 40 => Committed
        """);

    [Fact]
    public void Raising_a_floor_or_lowering_a_ceiling_undoes_nothing() => Book.Run("""
        issuer: floor a 5000; ceiling a 10 => Committed
        expect a 1000
        alice: transfer a b 1 => BelowFloor
        issuer: transfer mint a 1 => AboveCeiling
        """);

    [Fact]
    public void Thawed_an_account_moves_again() => Book.Run("""
        issuer: freeze a => Committed
        alice: transfer a b 1 => DebitAccountFrozen
        issuer: transfer mint a 1 => CreditAccountFrozen
        issuer: thaw a => Committed
        alice: transfer a b 1 => Committed
        """);
}
