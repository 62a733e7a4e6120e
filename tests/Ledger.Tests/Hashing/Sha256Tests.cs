using System.Security.Cryptography;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Hashing;

public sealed class Sha256Tests
{
    private const byte Tag = 0x5a;

    [Fact]
    public void A_message_without_a_tag_is_hashed_as_it_is() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.Of("abc"u8).ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8191)]
    [InlineData(8192)]
    [InlineData(8193)]
    [InlineData(100_000)]
    public void A_tag_is_one_byte_in_front(int length)
    {
        var data = RandomBytes(length, length);
        Assert.Equal(Expected(data), Sha256.Of(Tag, data));
    }

    [Fact]
    public void A_short_message_is_hashed_without_allocating()
    {
        var data = new byte[8192];
        var hash = Sha256.Of(Tag, data);
        var before = GC.GetAllocatedBytesForCurrentThread();
        hash = Sha256.OfPair(Tag, hash, Sha256.Of(Tag, data));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(Hash256.Zero, hash);
    }

    [Fact]
    public void Messages_of_every_length_to_300_hash_as_one_by_one()
    {
        for (var length = 0; length <= 300; length++)
            CheckFixed(length, 11);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2038)]
    [InlineData(2039)]
    [InlineData(2040)]
    [InlineData(5000)]
    public void Long_messages_hash_as_one_by_one(int length) => CheckFixed(length, 13);

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Any_number_of_messages_hash_as_one_by_one(int length)
    {
        for (var count = 0; count <= 33; count++)
            CheckFixed(length, count);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 130)]
    [InlineData(3, 600)]
    [InlineData(4, 5000)]
    public void Messages_of_mixed_lengths_hash_as_one_by_one(int seed, int lengthMax)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var ends = new int[random.Next(200)];
            for (var i = 0; i < ends.Length; i++)
                ends[i] = (i == 0 ? 0 : ends[i - 1]) + random.Next(lengthMax + 1);
            var data = RandomBytes(seed, ends.Length == 0 ? 0 : ends[^1]);
            var expected = ends.Select((end, i) => Expected(data[(i == 0 ? 0 : ends[i - 1])..end])).ToArray();

            var hashes = new Hash256[ends.Length];
            Sha256.ManyOf(Tag, data, ends, hashes);
            Assert.Equal(expected, hashes);

            Array.Clear(hashes);
            Sha256OneByOne.ManyOf(Tag, data, ends, hashes);
            Assert.Equal(expected, hashes);
        }
    }

    [Fact]
    public void Pairs_hash_alike_apart_in_place_and_without_lanes()
    {
        for (var count = 0; count <= 70; count++)
        {
            var children = KnownLeaves.Numbered(2 * count);
            var expected = new Hash256[count];
            for (var i = 0; i < count; i++)
                expected[i] = Expected([.. children[2 * i].ToArray(), .. children[2 * i + 1].ToArray()]);

            var apart = new Hash256[count];
            Sha256.PairsOf(Tag, children, apart);
            Assert.Equal(expected, apart);

            var inPlace = children.ToArray();
            Sha256.PairsOf(Tag, inPlace, inPlace.AsSpan(0, count));
            Assert.Equal(expected, inPlace[..count]);
            Assert.Equal(children[count..], inPlace[count..]);

            var withoutLanes = children.ToArray();
            Sha256OneByOne.PairsOf(Tag, withoutLanes, withoutLanes.AsSpan(0, count));
            Assert.Equal(expected, withoutLanes[..count]);

            if (count > 0)
                Assert.Equal(expected[0], Sha256.OfPair(Tag, children[0], children[1]));
        }
    }

    [Fact]
    public void Every_lane_gives_its_own_message_whatever_the_others_hold()
    {
        if (!Sha256Lanes.IsSupported)
            return;
        const int length = 100;
        const int messageBytes = 2 * Sha256Padding.BlockBytes;
        for (var count = 1; count <= Sha256Lanes.Lanes; count++)
        {
            var messages = RandomBytes(count, Sha256Lanes.Lanes * messageBytes);
            var data = RandomBytes(-count, count * length);
            for (var i = 0; i < count; i++)
                Sha256Padding.Write(
                    messages.AsSpan(i * messageBytes, messageBytes), Tag, data.AsSpan(i * length, length));
            var hashes = new Hash256[count];
            Sha256Lanes.Hash(messages, 2, hashes);
            Assert.Equal(data.Chunk(length).Select(Expected), hashes);
        }
    }

    [Fact]
    public void Spans_that_do_not_fit_each_other_are_refused()
    {
        var hashes = new Hash256[4];
        Assert.Throws<ArgumentException>(() => Sha256.PairsOf(Tag, hashes.AsSpan(0, 3), new Hash256[1]));
        Assert.Throws<ArgumentException>(() => Sha256.PairsOf(Tag, hashes, hashes.AsSpan(1, 2)));
        Assert.Throws<ArgumentException>(() => Sha256.ManyFixed(Tag, new byte[41], 10, hashes));
        Assert.Throws<ArgumentException>(() => Sha256.ManyOf(Tag, new byte[10], [1, 2, 3], hashes));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256.ManyOf(Tag, new byte[10], [1, 2, 3, 11], hashes));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256.ManyOf(Tag, new byte[10], [1, 3, 2, 10], hashes));
    }

    private static void CheckFixed(int length, int count)
    {
        var data = RandomBytes(length + count, length * count);
        var expected = Enumerable.Range(0, count).Select(i => Expected(data[(i * length)..((i + 1) * length)])).ToArray();

        var hashes = new Hash256[count];
        Sha256.ManyFixed(Tag, data, length, hashes);
        Assert.Equal(expected, hashes);

        Array.Clear(hashes);
        Sha256OneByOne.ManyFixed(Tag, data, length, hashes);
        Assert.Equal(expected, hashes);

        Array.Clear(hashes);
        Sha256.ManyOf(Tag, data, [.. Enumerable.Range(1, count).Select(i => i * length)], hashes);
        Assert.Equal(expected, hashes);
    }

    private static Hash256 Expected(byte[] data) => new(SHA256.HashData([Tag, .. data]));

    private static byte[] RandomBytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
