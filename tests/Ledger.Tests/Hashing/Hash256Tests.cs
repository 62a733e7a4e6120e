using System.Runtime.InteropServices;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Hashing;

public sealed class Hash256Tests
{
    private static readonly byte[] Counting = [.. Enumerable.Range(0, Hash256.Size).Select(i => (byte)i)];
    private const string CountingHex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void Bytes_come_out_in_the_order_they_went_in()
    {
        var hash = new Hash256(Counting);
        var copy = new byte[Hash256.Size + 1];
        hash.CopyTo(copy);

        Assert.Equal(Counting, hash.ToArray());
        Assert.Equal(Counting, hash.AsSpan().ToArray());
        Assert.Equal(Counting, copy[..Hash256.Size]);
        Assert.Equal(Counting, MemoryMarshal.AsBytes(new[] { Hash256.Zero, hash }.AsSpan())[Hash256.Size..].ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_hash_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new Hash256(new byte[length]));

    [Fact]
    public void Text_is_lower_case_hex_and_either_case_is_read()
    {
        Assert.Equal(CountingHex, new Hash256(Counting).ToString());
        Assert.Equal(new Hash256(Counting), Hash256.Parse(CountingHex));
        Assert.Equal(new Hash256(Counting), Hash256.Parse(CountingHex.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1g")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f ")]
    [InlineData("0x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void Text_that_is_not_64_hex_digits_is_refused(string text)
    {
        Assert.False(Hash256.TryParse(text, out var hash));
        Assert.Equal(Hash256.Zero, hash);
        Assert.Throws<FormatException>(() => Hash256.Parse(text));
    }

    [Fact]
    public void Hashes_that_differ_in_any_one_byte_are_not_equal()
    {
        var hash = new Hash256(Counting);
        Assert.True(hash == new Hash256(Counting));
        Assert.Equal(hash.GetHashCode(), new Hash256(Counting).GetHashCode());
        for (var i = 0; i < Hash256.Size; i++)
        {
            var bytes = Counting.ToArray();
            bytes[i] ^= 0x80;
            Assert.True(hash != new Hash256(bytes));
            Assert.False(hash.Equals((object)new Hash256(bytes)));
        }
    }
}
