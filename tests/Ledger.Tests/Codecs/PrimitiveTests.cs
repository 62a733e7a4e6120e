using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Codecs;

public sealed class PrimitiveTests
{
    [Theory]
    [InlineData("00", 0ul)]
    [InlineData("7F", 127ul)]
    [InlineData("8001", 128ul)]
    [InlineData("FFFFFFFFFFFFFFFFFF01", ulong.MaxValue)]
    public void A_number_has_one_encoding(string hex, ulong value)
    {
        var writer = new WireWriter();
        writer.Varint(value);
        Assert.Equal(hex, Convert.ToHexString(writer.Written));
        var reader = new WireReader(writer.Written);
        Assert.Equal(value, reader.Varint());
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8000")]
    [InlineData("FF00")]
    [InlineData("808000")]
    [InlineData("80808080808080808000")]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("FFFFFFFFFFFFFFFFFF7F")]
    [InlineData("FFFFFFFFFFFFFFFFFF8100")]
    public void A_number_that_is_cut_overlong_or_too_large_is_refused(string hex) =>
        Assert.Throws<MalformedException>(() => new WireReader(Convert.FromHexString(hex)).Varint());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_signed_number_comes_back(long value)
    {
        var writer = new WireWriter();
        writer.Zigzag(value);
        Assert.Equal(value, new WireReader(writer.Written).Zigzag());
    }

    [Theory]
    [InlineData("0000", "an operation type that is unknown")]
    [InlineData("1100", "an operation type that is unknown")]
    [InlineData("FF00", "an operation type that is unknown")]
    [InlineData("05040204 01", "a transfer with an unknown flag")]
    [InlineData("05800204 01", "a transfer with an unknown flag")]
    [InlineData("080202", "a void with an unknown flag")]
    [InlineData("0C0202", "a close with an unknown flag")]
    [InlineData("05000004 01", "account 0")]
    [InlineData("0500020401 00", "bytes left over")]
    [InlineData("05000204", "no amount")]
    [InlineData("05000204FFFFFFFFFFFFFFFFFF01", "an amount above 2^63 - 1")]
    [InlineData("050202040100", "a reference of no bytes")]
    [InlineData("05020204011100000000000000000000000000000000 00", "a reference of 17 bytes")]
    [InlineData("070000", "pending 0")]
    [InlineData("0400020200", "no accounts")]
    [InlineData("04000202818094EBDC03 00", "more than a billion accounts")]
    [InlineData("040202020100", "a floor of 0 that is given")]
    [InlineData("040A02020102", "a floor that is given and none")]
    [InlineData("0404020201FEFFFFFFFFFFFFFFFF01", "no ceiling that is given")]
    [InlineData("090002FFFFFFFFFFFFFFFFFF01", "no floor that is given")]
    [InlineData("0A0002FEFFFFFFFFFFFFFFFF01", "no ceiling that is given")]
    [InlineData("10000200", "an alias of no bytes")]
    [InlineData("01000001", "a threshold of 0")]
    [InlineData("01000100", "a keyset of no keys")]
    [InlineData("01000111", "a keyset of 17 keys")]
    public void An_operation_that_is_not_as_it_must_be_is_refused(string hex, string because)
    {
        var thrown = Record.Exception(() => OperationCodec.Read(Convert.FromHexString(hex.Replace(" ", ""))));
        Assert.True(thrown is MalformedException, $"{because}: {thrown?.ToString() ?? "it was decoded"}");
    }
}
