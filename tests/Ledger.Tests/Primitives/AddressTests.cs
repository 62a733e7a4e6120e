using System.Numerics;

namespace Actors.Ledger.Tests.Primitives;

public sealed class AddressTests
{
    private static readonly ChainId Chain = ChainId.Parse("eu-retail2");

    [Theory]
    [InlineData("a", 1)]
    [InlineData("main", 1_234_567)]
    [InlineData("eu-retail2", 70_368_744_177_664)]
    public void The_check_digits_are_those_of_ISO_7064_MOD_97_10(string chain, ulong number)
    {
        var digits = string.Concat(chain.Select(c => c == '-' ? "36" : char.IsAsciiDigit(c) ? $"{c}" : $"{c - 'a' + 10}"));
        var check = 98 - (int)(BigInteger.Parse($"{digits}00{number}00") % 97);
        var address = new Address(ChainId.Parse(chain), new AccountNumber(number));
        Assert.Equal($"{chain}.{number}.{check:00}", address.ToString());
        Assert.Equal(address, Address.Parse(address.ToString()));
    }

    [Fact]
    public void Every_mistyped_digit_and_every_swap_of_neighbours_is_refused()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var text = new Address(Chain, new AccountNumber((ulong)random.NextInt64(1, 1L << random.Next(1, 47)))).ToString();
            for (var at = text.IndexOf('.') + 1; at < text.Length; at++)
            {
                Assert.All(Mistyped(text, at), mistyped => Assert.False(Address.TryParse(mistyped, out _), $"{mistyped} for {text}"));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("main.1")]
    [InlineData("main.1.1.1")]
    [InlineData("main..00")]
    [InlineData("main.0.98")]
    [InlineData("main.-1.00")]
    [InlineData("Main.1.00")]
    [InlineData("main.18446744073709551616.00")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.False(Address.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Address.Parse(text));
    }

    [Fact]
    public void A_number_is_written_in_one_way()
    {
        var address = new Address(Chain, new AccountNumber(42));
        Assert.False(Address.TryParse($"{Chain}.042.{address.Check}", out _));
        Assert.False(Address.TryParse($"{Chain}. 42.{address.Check}", out _));
        Assert.False(Address.TryParse($"{Chain}.42.{address.Check} ", out _));
        Assert.False(Address.TryParse(null, out _));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-1-b", true)]
    [InlineData("a1234567890123456789012345678901", true)]
    [InlineData("a12345678901234567890123456789012", false)]
    [InlineData("", false)]
    [InlineData("1a", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("A", false)]
    [InlineData("a.b", false)]
    [InlineData("ä", false)]
    [InlineData(null, false)]
    public void A_chain_id_is_a_slug(string? text, bool isSlug)
    {
        Assert.Equal(isSlug, ChainId.TryParse(text, out var id));
        Assert.Equal(isSlug ? text : null, id.Value);
    }

    private static IEnumerable<string> Mistyped(string text, int at)
    {
        if (char.IsAsciiDigit(text[at]))
        {
            foreach (var digit in "0123456789".Where(digit => digit != text[at]))
            {
                yield return $"{text[..at]}{digit}{text[(at + 1)..]}";
            }
        }

        if (at + 1 < text.Length && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) && text[at] != text[at + 1])
        {
            yield return $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}";
        }
    }
}
