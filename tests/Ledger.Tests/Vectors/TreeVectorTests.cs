using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 2.</summary>
public sealed class TreeVectorTests
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 4, 5, 7, 8, 13];

    [Fact]
    public void Trees_and_paths_are_as_pinned() => VectorFile.Pins("02-trees", new
    {
        section = "2. Hashes and trees",
        trees = Sizes.Select(Tree),
        pathsRefused = RefusedPaths(),
        state = new { leaf = StateHash.Leaf([1, 2, 3]).ToString(), records = "010203", node = StateHash.Node(StateHash.Leaf([1, 2, 3]), Hash256.Zero).ToString() },
    });

    /// <summary>Leaf i is i bytes long, each of them i.</summary>
    private static byte[] Leaf(int i) => Enumerable.Repeat((byte)i, i).ToArray();

    private static Hash256[] Hashes(int size) => [.. Enumerable.Range(0, size).Select(i => MerkleTree.LeafHash(Leaf(i)))];

    private static object Tree(int size) => new
    {
        leaves = Enumerable.Range(0, size).Select(i => Leaf(i).Hex()),
        root = Root(size).ToString(),
        paths = Enumerable.Range(0, size).Select(i => Path(size, i)),
    };

    private static Hash256 Root(int size) => size == 0 ? MerkleTree.EmptyRoot : MerkleTree.Root(Hashes(size));

    private static string[] Path(int size, int index) => [.. MerkleTree.InclusionPath(Hashes(size), index).Select(hash => hash.ToString())];

    private static List<object> RefusedPaths()
    {
        var path = Path(5, 2);
        return
        [
            Refused("the leaf is another", 3, 2, 5, path),
            Refused("the index is another", 2, 3, 5, path),
            Refused("the index is past the tree", 2, 5, 5, path),
            Refused("the tree has another height", 2, 2, 9, path),
            Refused("a hash is missing", 2, 2, 5, path[..^1]),
            Refused("a hash too many", 2, 2, 5, [.. path, path[0]]),
            Refused("hashes in another order", 2, 2, 5, [.. path.Reverse()]),
        ];
    }

    private static object Refused(string why, int leaf, int index, int size, string[] path)
    {
        var leads = MerkleTree.TryRootFromPath(MerkleTree.LeafHash(Leaf(leaf)), (ulong)index, (ulong)size, [.. path.Select(Hash256.Parse)], out var root);
        Assert.False(leads && root == Root(5), why);
        return new { why, leaf = Leaf(leaf).Hex(), index, size, path, root = Root(5).ToString() };
    }
}
