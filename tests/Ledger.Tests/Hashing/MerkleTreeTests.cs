using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Hashing;

public sealed class MerkleTreeTests
{
    [Fact]
    public void The_known_leaves_have_the_known_roots()
    {
        for (var size = 0; size < KnownLeaves.Roots.Length; size++)
            Assert.Equal(KnownLeaves.Roots[size], MerkleTree.Root(KnownLeaves.Hashes(size)).ToString());
        Assert.Equal(KnownLeaves.Roots[0], MerkleTree.EmptyRoot.ToString());
    }

    [Fact]
    public void Leaves_in_one_buffer_hash_as_leaves_alone()
    {
        var data = KnownLeaves.Leaves.SelectMany(leaf => leaf).ToArray();
        int[] ends = [0, 1, 2, 4, 6, 10, 18, 34];
        var hashes = new Hash256[ends.Length];
        MerkleTree.LeafHashes(data, ends, hashes);
        Assert.Equal(KnownLeaves.Hashes(ends.Length), hashes);
    }

    [Fact]
    public void A_root_leaves_the_leaf_hashes_as_they_were()
    {
        var leaves = KnownLeaves.Numbered(37);
        MerkleTree.Root(leaves);
        Assert.Equal(KnownLeaves.Numbered(37), leaves);
    }

    [Fact]
    public void Every_path_to_size_70_is_the_one_of_the_RFC_and_verifies()
    {
        var all = KnownLeaves.Numbered(70);
        for (var size = 0; size <= 70; size++)
        {
            var leaves = all.AsSpan(0, size);
            var root = MerkleTree.Root(leaves);
            Assert.Equal(NaiveTree.Root(leaves), root);
            for (var index = 0; index < size; index++)
            {
                var path = MerkleTree.InclusionPath(leaves, index);
                Assert.Equal(NaiveTree.Path(index, leaves), path);
                Assert.True(MerkleTree.TryRootFromPath(leaves[index], (ulong)index, (ulong)size, path, out var reached));
                Assert.Equal(root, reached);
            }
        }
    }

    [Fact]
    public void A_path_with_one_changed_byte_does_not_verify()
    {
        var leaves = KnownLeaves.Numbered(21);
        var root = MerkleTree.Root(leaves);
        var path = MerkleTree.InclusionPath(leaves, 13);
        for (var i = 0; i < path.Length * Hash256.Size; i++)
        {
            var changed = Changed(path, i);
            Assert.True(MerkleTree.TryRootFromPath(leaves[13], 13, 21, changed, out var reached));
            Assert.NotEqual(root, reached);
        }
    }

    [Fact]
    public void A_path_does_not_lead_another_leaf_or_another_index_to_the_root()
    {
        var leaves = KnownLeaves.Numbered(21);
        var root = MerkleTree.Root(leaves);
        var path = MerkleTree.InclusionPath(leaves, 13);
        for (var other = 0; other < 21; other++)
        {
            if (other == 13)
                continue;
            Assert.False(Leads(leaves[other], 13));
            Assert.False(Leads(leaves[13], (ulong)other));
        }

        bool Leads(Hash256 leaf, ulong index) =>
            MerkleTree.TryRootFromPath(leaf, index, 21, path, out var reached) && reached == root;
    }

    [Fact]
    public void A_path_of_another_length_is_refused()
    {
        for (var size = 1; size <= 20; size++)
        {
            var leaves = KnownLeaves.Numbered(size);
            for (var index = 0; index < size; index++)
            {
                var path = MerkleTree.InclusionPath(leaves, index);
                Assert.False(MerkleTree.TryRootFromPath(
                    leaves[index], (ulong)index, (ulong)size, [.. path, Hash256.Zero], out _));
                if (path.Length > 0)
                    Assert.False(MerkleTree.TryRootFromPath(
                        leaves[index], (ulong)index, (ulong)size, path.AsSpan(1), out _));
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(ulong.MaxValue, 8)]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    public void A_leaf_past_the_end_is_refused(ulong index, ulong size)
    {
        Assert.False(MerkleTree.TryRootFromPath(Hash256.Zero, index, size, [], out _));
        Assert.False(MerkleTree.TryRootFromPath(Hash256.Zero, index, size, new Hash256[64], out _));
    }

    [Fact]
    public void A_path_for_a_leaf_that_is_not_there_is_not_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionPath(new Hash256[3], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionPath(new Hash256[3], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyPath(new Hash256[3], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyPath(new Hash256[3], -1));
    }

    [Fact]
    public void A_leaf_cannot_be_passed_off_as_a_node()
    {
        var (left, right) = (KnownLeaves.Numbered(2)[0], KnownLeaves.Numbered(2)[1]);
        Assert.NotEqual(MerkleTree.NodeHash(left, right), MerkleTree.LeafHash([.. left.ToArray(), .. right.ToArray()]));
    }

    internal static Hash256[] Changed(Hash256[] path, int byteIndex)
    {
        var changed = path.ToArray();
        var bytes = changed[byteIndex / Hash256.Size].ToArray();
        bytes[byteIndex % Hash256.Size] ^= 1;
        changed[byteIndex / Hash256.Size] = new Hash256(bytes);
        return changed;
    }
}
