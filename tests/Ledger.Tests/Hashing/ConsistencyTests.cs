using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Hashing;

public sealed class ConsistencyTests
{
    private static readonly Hash256[] Leaves = KnownLeaves.Numbered(40);

    [Fact]
    public void Every_tree_to_size_40_begins_with_every_shorter_one()
    {
        for (var size = 0; size <= 40; size++)
            for (var oldSize = 0; oldSize <= size; oldSize++)
            {
                var path = MerkleTree.ConsistencyPath(Leaves.AsSpan(0, size), oldSize);
                if (oldSize > 0)
                    Assert.Equal(NaiveTree.Proof(oldSize, Leaves.AsSpan(0, size)), path);
                Assert.True(Verifies(oldSize, size, path), $"{oldSize} to {size}");
            }
    }

    [Fact]
    public void A_path_verifies_between_its_own_sizes_only()
    {
        var path = MerkleTree.ConsistencyPath(Leaves.AsSpan(0, 23), 14);
        for (var size = 0; size <= 40; size++)
            for (var oldSize = 0; oldSize <= 40; oldSize++)
                Assert.Equal((oldSize, size) == (14, 23), Verifies(oldSize, size, path));
    }

    [Theory]
    [InlineData(14, 23)]
    [InlineData(16, 23)]
    [InlineData(39, 40)]
    [InlineData(1, 2)]
    public void A_path_with_one_changed_byte_or_another_length_does_not_verify(int oldSize, int size)
    {
        var path = MerkleTree.ConsistencyPath(Leaves.AsSpan(0, size), oldSize);
        for (var i = 0; i < path.Length * Hash256.Size; i++)
            Assert.False(Verifies(oldSize, size, MerkleTreeTests.Changed(path, i)));
        Assert.False(Verifies(oldSize, size, [.. path, Hash256.Zero]));
        Assert.False(Verifies(oldSize, size, path[1..]));
        Assert.False(Verifies(oldSize, size, path[..^1]));
    }

    [Fact]
    public void A_rewritten_leaf_is_found_out()
    {
        for (var rewritten = 0; rewritten < 14; rewritten++)
        {
            var forged = Leaves[..23];
            forged[rewritten] = Hash256.Zero;
            var path = MerkleTree.ConsistencyPath(forged, 14);
            Assert.False(MerkleTree.VerifyConsistency(
                14, 23, MerkleTree.Root(Leaves.AsSpan(0, 14)), MerkleTree.Root(forged), path));
        }
    }

    [Fact]
    public void A_tree_is_consistent_with_itself_and_with_the_empty_one_by_no_path_at_all()
    {
        var (root, empty) = (MerkleTree.Root(Leaves), MerkleTree.EmptyRoot);
        Assert.True(MerkleTree.VerifyConsistency(40, 40, root, root, []));
        Assert.True(MerkleTree.VerifyConsistency(0, 40, empty, root, []));
        Assert.True(MerkleTree.VerifyConsistency(0, 0, empty, empty, []));

        Assert.False(MerkleTree.VerifyConsistency(40, 40, root, Leaves[0], []));
        Assert.False(MerkleTree.VerifyConsistency(40, 40, root, root, [root]));
        Assert.False(MerkleTree.VerifyConsistency(0, 40, root, root, []));
        Assert.False(MerkleTree.VerifyConsistency(0, 40, empty, root, [root]));
        Assert.False(MerkleTree.VerifyConsistency(0, 0, root, root, []));
        Assert.False(MerkleTree.VerifyConsistency(40, 39, root, root, []));
    }

    private static bool Verifies(int oldSize, int size, Hash256[] path) => MerkleTree.VerifyConsistency(
        (ulong)oldSize, (ulong)size,
        MerkleTree.Root(Leaves.AsSpan(0, oldSize)), MerkleTree.Root(Leaves.AsSpan(0, size)), path);
}
