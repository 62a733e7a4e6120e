using System.Buffers.Binary;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Hashing;

public sealed class MerkleFrontierTests
{
    private static readonly Hash256[] Leaves = KnownLeaves.Numbered(300);

    [Fact]
    public void A_frontier_has_the_root_of_its_leaves_at_every_size_to_300()
    {
        var frontier = new MerkleFrontier();
        for (var size = 0; size <= Leaves.Length; size++)
        {
            Assert.Equal((ulong)size, frontier.Count);
            Assert.Equal(MerkleTree.Root(Leaves.AsSpan(0, size)), frontier.Root());
            if (size < Leaves.Length)
                frontier.Append(Leaves[size]);
        }
    }

    [Fact]
    public void A_decoded_frontier_grows_as_the_encoded_one_would_have()
    {
        for (var size = 0; size <= 40; size++)
        {
            var decoded = MerkleFrontier.Decode(Encoded(FrontierOf(size)));
            for (var i = size; i < 50; i++)
                decoded.Append(Leaves[i]);
            Assert.Equal(MerkleTree.Root(Leaves.AsSpan(0, 50)), decoded.Root());
        }
    }

    [Fact]
    public void The_encoding_is_the_count_and_the_subtree_roots_from_the_left()
    {
        byte[] expected =
        [
            0, 0, 0, 0, 0, 0, 0, 7,
            .. MerkleTree.Root(Leaves.AsSpan(0, 4)).ToArray(),
            .. MerkleTree.Root(Leaves.AsSpan(4, 2)).ToArray(),
            .. Leaves[6].ToArray(),
        ];
        Assert.Equal(expected, Encoded(FrontierOf(7)));
        Assert.Equal(new byte[8], Encoded(new MerkleFrontier()));
    }

    [Fact]
    public void An_encoding_of_the_wrong_length_is_refused()
    {
        var encoded = Encoded(FrontierOf(7));
        for (var length = 0; length < encoded.Length; length++)
            Assert.Throws<FormatException>(() => MerkleFrontier.Decode(encoded.AsSpan(0, length)));
        Assert.Throws<FormatException>(() => MerkleFrontier.Decode([.. encoded, 0]));
        Assert.Throws<ArgumentException>(() => FrontierOf(7).Encode(new byte[encoded.Length - 1]));
    }

    [Fact]
    public void A_clone_grows_apart()
    {
        var frontier = FrontierOf(6);
        var clone = frontier.Clone();
        clone.Append(Leaves[6]);
        frontier.Append(Leaves[7]);
        frontier.Append(Leaves[8]);

        Assert.Equal(MerkleTree.Root(Leaves.AsSpan(0, 7)), clone.Root());
        Assert.Equal(
            MerkleTree.Root([.. Leaves[..6], Leaves[7], Leaves[8]]), frontier.Root());
    }

    [Fact]
    public void A_frontier_of_the_greatest_count_has_64_subtrees_and_takes_no_more_leaves()
    {
        var encoded = new byte[8 + 64 * Hash256.Size];
        BinaryPrimitives.WriteUInt64BigEndian(encoded, ulong.MaxValue);
        var frontier = MerkleFrontier.Decode(encoded);

        Assert.Equal(encoded.Length, frontier.EncodedLength);
        Assert.Throws<OverflowException>(() => frontier.Append(Hash256.Zero));
        Assert.Equal(encoded, Encoded(frontier));
    }

    private static MerkleFrontier FrontierOf(int size)
    {
        var frontier = new MerkleFrontier();
        foreach (var leaf in Leaves.AsSpan(0, size))
            frontier.Append(leaf);
        return frontier;
    }

    private static byte[] Encoded(MerkleFrontier frontier)
    {
        var encoded = new byte[frontier.EncodedLength];
        frontier.Encode(encoded);
        return encoded;
    }
}
