using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Hashing;

public sealed class MerkleRangeTests
{
    private static readonly Hash256[] Leaves = KnownLeaves.Numbered(70);

    [Fact]
    public void Paths_from_subtree_roots_are_those_from_leaves()
    {
        for (var size = 1; size <= 70; size++)
            for (var index = 0; index < size; index++)
                Assert.Equal(
                    MerkleTree.InclusionPath(Leaves.AsSpan(0, size), index),
                    MerkleRange.InclusionPath((ulong)index, (ulong)size, StoredWithin(size)));
    }

    [Fact]
    public void Consistency_paths_from_subtree_roots_are_those_from_leaves()
    {
        for (var size = 0; size <= 70; size++)
            for (var oldSize = 0; oldSize <= size; oldSize++)
                Assert.Equal(
                    MerkleTree.ConsistencyPath(Leaves.AsSpan(0, size), oldSize),
                    MerkleRange.ConsistencyPath((ulong)oldSize, (ulong)size, StoredWithin(size)));
    }

    [Theory]
    [InlineData(0, ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 1, ulong.MaxValue)]
    [InlineData(1UL << 63, (1UL << 63) + 1)]
    [InlineData(12_345_678_901, 1_000_000_000_003)]
    public void A_proof_over_any_length_asks_for_at_most_two_subtrees_a_level(ulong index, ulong size)
    {
        var (calls, levels) = (0, 65 - (int)ulong.LeadingZeroCount(size));
        // Every leaf the same: the root of a complete subtree depends on its level only.
        var uniform = new Hash256[64];
        for (var level = 1; level < 64; level++)
            uniform[level] = MerkleTree.NodeHash(uniform[level - 1], uniform[level - 1]);

        var path = MerkleRange.InclusionPath(index, size, Counted);
        Assert.InRange(calls, 1, 2 * levels);
        Assert.True(MerkleTree.TryRootFromPath(uniform[0], index, size, path, out var root));
        Assert.Equal(FrontierRoot(size), root);

        calls = 0;
        var consistency = MerkleRange.ConsistencyPath(index + 1, size, Counted);
        Assert.InRange(calls, 0, 2 * levels);
        Assert.True(MerkleTree.VerifyConsistency(index + 1, size, FrontierRoot(index + 1), root, consistency));

        Hash256 Counted(ulong first, int level)
        {
            calls++;
            return uniform[level];
        }

        Hash256 FrontierRoot(ulong count)
        {
            var encoded = new List<byte>(BitConverter.GetBytes(count).Reverse());
            for (var level = 63; level >= 0; level--)
                if ((count >> level & 1) == 1)
                    encoded.AddRange(uniform[level].ToArray());
            return MerkleFrontier.Decode(encoded.ToArray()).Root();
        }
    }

    [Fact]
    public void A_path_for_a_leaf_or_a_size_that_is_not_there_is_not_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleRange.InclusionPath(3, 3, StoredWithin(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleRange.InclusionPath(0, 0, StoredWithin(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleRange.ConsistencyPath(4, 3, StoredWithin(3)));
    }

    /// <summary>A store that has complete, aligned subtrees of the first leaves and nothing else.</summary>
    private static Func<ulong, int, Hash256> StoredWithin(int size) => (first, level) =>
    {
        var count = 1UL << level;
        Assert.Equal(0UL, first % count);
        Assert.True(first + count <= (ulong)size, $"{first} + {count} is past {size}.");
        return MerkleTree.Root(Leaves.AsSpan((int)first, (int)count));
    };
}
