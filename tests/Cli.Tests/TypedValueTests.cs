using Actors.Cli.Amounts;
using Actors.Cli.Parsing;
using Actors.Ledger;

namespace Actors.Cli.Tests;

/// <summary>Amounts, times and keys as people type them.</summary>
public sealed class TypedValueTests
{
    [Theory]
    [InlineData("12.50", 2, 1250)]
    [InlineData("12.5", 2, 1250)]
    [InlineData("12.500", 2, 1250)]
    [InlineData("-3", 0, -3)]
    [InlineData("0.000000001", 9, 1)]
    [InlineData("9223372036.854775807", 9, long.MaxValue)]
    public void An_amount_becomes_minor_units_exactly(string text, int scale, long minor) =>
        Assert.Equal(minor, DecimalAmount.Parse(text).ToMinor(scale));

    [Theory]
    [InlineData("12.501", 2, "more than the 2 decimals")]
    [InlineData("0.5", 0, "more than the 0 decimals")]
    [InlineData("9223372036.854775808", 9, "does not fit")]
    [InlineData("79228162514264337593543950335", 9, "does not fit")]
    public void An_amount_is_never_rounded_or_wrapped(string text, int scale, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<CannotRunException>(() => DecimalAmount.Parse(text).ToMinor(scale)).Message);

    [Theory]
    [InlineData(1250, 2, "12.50")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(7, 0, "7")]
    [InlineData(long.MinValue, 9, "-9223372036.854775808")]
    public void Minor_units_are_shown_with_all_decimals_of_the_asset(long minor, int scale, string text) =>
        Assert.Equal(text, DecimalAmount.Format(minor, scale));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604800)]
    public void A_stretch_of_time_has_a_unit(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Instant.ParseSpan(text));

    [Theory]
    [InlineData("90")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("9999999999d")]
    [InlineData("")]
    public void What_is_no_stretch_of_time_is_refused(string text) => Assert.Throws<FormatException>(() => Instant.ParseSpan(text));

    [Fact]
    public void A_time_without_a_zone_is_in_UTC_and_comes_back_as_it_was()
    {
        var time = Instant.ParseTime("2026-01-31T12:00:00");
        Assert.Equal("2026-01-31T12:00:00.000Z", Instant.Format(time));
        Assert.Equal(new Timestamp(1769864400000), Instant.ParseTime("2026-01-31T14:00:00+01:00"));
    }

    [Fact]
    public void A_reference_is_text_or_bytes_in_hex()
    {
        Assert.Equal("686921", TransferReference.Parse("hi!").ToString());
        Assert.Equal("00ff", TransferReference.Parse("0x00ff").ToString());
        Assert.Throws<FormatException>(() => TransferReference.Parse("0x0"));
        Assert.Throws<FormatException>(() => TransferReference.Parse(""));
    }

    [Fact]
    public void A_member_of_a_keyset_may_have_a_weight()
    {
        var key = new string('a', 128);
        Assert.Equal(1, KeysetMember.Parse(key).Weight);
        Assert.Equal(3, KeysetMember.Parse(key + ":3").Weight);
        Assert.Throws<FormatException>(() => KeysetMember.Parse(key + ":0"));
    }
}
