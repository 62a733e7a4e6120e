using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Hashing;

/// <summary>A tree's right edge, and what it needs to find the root of a longer tree.</summary>
public sealed class MerkleExtensionTests
{
    private const int SizeMax = 70;
    private static readonly Hash256[] Leaves = [.. Enumerable.Range(0, SizeMax).Select(i => MerkleTree.LeafHash([(byte)i]))];

    [Fact]
    public void An_edge_of_any_part_finds_the_root_of_any_longer_tree()
    {
        for (var size = 1; size <= SizeMax; size++)
        {
            var root = MerkleTree.Root(Leaves.AsSpan(0, size));
            for (var from = 1; from <= size; from++)
            {
                var path = MerkleTree.ExtensionPath((ulong)from, (ulong)size, Leaves.AsSpan(from, size - from));
                Assert.True(EdgeOf(from).TryRootAt((ulong)size, path, out var found), $"{from} of {size}");
                Assert.Equal(root, found);
                Assert.True(path.Length <= 7);
            }
        }
    }

    [Fact]
    public void A_path_of_another_length_or_other_hashes_is_refused()
    {
        var path = MerkleTree.ExtensionPath(5, 40, Leaves.AsSpan(5, 35));
        var edge = EdgeOf(5);
        Assert.False(edge.TryRootAt(40, path.AsSpan(1), out _));
        Assert.False(edge.TryRootAt(40, [.. path, path[0]], out _));
        Assert.False(edge.TryRootAt(4, [], out _));
        Assert.False(new MerkleFrontier().TryRootAt(1, [Leaves[0]], out _));
        for (var i = 0; i < path.Length; i++)
        {
            Hash256[] forged = [.. path];
            forged[i] = Leaves[0];
            Assert.True(edge.TryRootAt(40, forged, out var root));
            Assert.NotEqual(MerkleTree.Root(Leaves.AsSpan(0, 40)), root);
        }
    }

    [Fact]
    public void Leaves_appended_in_runs_of_any_length_make_the_same_edge()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var (runs, single) = (new MerkleFrontier(), new MerkleFrontier());
            while (runs.Count < SizeMax)
            {
                var count = random.Next(1, SizeMax - (int)runs.Count + 1);
                runs.AppendRange(Leaves.AsSpan((int)runs.Count, count));
            }

            Array.ForEach(Leaves, leaf => single.Append(leaf));
            Assert.Equal(single.Root(), runs.Root());
            Assert.Equal(Encoded(single), Encoded(runs));
        }
    }

    [Fact]
    public void A_stored_edge_is_the_same_edge()
    {
        var bytes = new byte[Limits.EdgeHashesMax * Hash256.Size];
        for (var size = 0; size <= SizeMax; size++)
        {
            var edge = new MerkleFrontier();
            edge.AppendRange(Leaves.AsSpan(0, size));
            edge.StoreRoots(bytes);
            Assert.Equal(edge.Root(), MerkleFrontier.LoadRoots((ulong)size, bytes).Root());
        }
    }

    private static MerkleFrontier EdgeOf(int size)
    {
        var edge = new MerkleFrontier();
        edge.AppendRange(Leaves.AsSpan(0, size));
        return edge;
    }

    private static byte[] Encoded(MerkleFrontier edge)
    {
        var bytes = new byte[edge.EncodedLength];
        edge.Encode(bytes);
        return bytes;
    }
}
