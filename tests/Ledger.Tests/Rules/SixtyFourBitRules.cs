namespace Actors.Ledger.Tests.Rules;

/// <summary>Amounts at the edges of 64 bits: nothing wraps, whatever limits an account has.</summary>
public sealed class SixtyFourBitRules
{
    [Fact]
    public void An_issuer_can_issue_all_that_64_bits_hold_and_no_more() => Book.Run("""
        issuer: transfer mint b max => AmountOverflow
        issuer: transfer mint b 9223372036854774807 => Committed
        expect mint -9223372036854775807
        issuer: transfer mint c 1 => Committed
        issuer: transfer mint c 1 => AmountOverflow
        """);

    [Fact]
    public void A_credit_above_64_bits_overflows() => Book.Run("""
        issuer: open mint2 issuer EUR nofloor => Committed
        issuer: transfer mint2 b max => Committed
        issuer: transfer mint b 1 => AmountOverflow
        bob: transfer b mint2 max => Committed
        expect b 0
        """);

    [Fact]
    public void What_is_set_aside_out_of_an_account_without_floor_does_not_wrap() => Book.Run("""
        issuer: open mint2 issuer EUR nofloor; open x issuer EUR nofloor count=3; transfer mint2 x max => Committed
        issuer: pending p x x+1 max 1000 => Committed
        issuer: pending q x x+2 max 1000 => AmountOverflow
        issuer: transfer x x+2 max => Committed
        expect x 0 out 9223372036854775807
        issuer: post p => Committed
        expect x -9223372036854775807
        """);

    [Fact]
    public void What_is_set_aside_into_a_very_negative_account_does_not_wrap() => Book.Run("""
        issuer: open mint2 issuer EUR nofloor; open x issuer EUR nofloor count=3; transfer mint2 x max => Committed
        issuer: pending p x mint2 max 1000 => Committed
        issuer: pending q x+1 mint2 max 1000 => AmountOverflow
        expect mint2 -9223372036854775807 in 9223372036854775807
        issuer: void p => Committed
        expect mint2 -9223372036854775807
        """);

    [Fact]
    public void Limits_may_lie_at_the_edges() => Book.Run("""
        issuer: floor b min+1; ceiling b max-1; open mint2 issuer EUR nofloor => Committed
        bob: transfer b c max => Committed
        bob: transfer b c+1 1 => BelowFloor
        issuer: transfer mint2 b max => Committed
        expect b 0
        issuer: transfer mint b max => AmountOverflow
        """);

    [Fact]
    public void A_ceiling_below_zero_refuses_every_credit_that_ends_above_it() => Book.Run("""
        issuer: floor b -100; ceiling b -10 => Committed
        alice: transfer a b 1 => AboveCeiling
        bob: transfer b c 20 => Committed
        alice: transfer a b 10 => Committed
        alice: transfer a b 1 => AboveCeiling
        """);
}
