using Actors.Ledger.Hashing;

namespace Actors.Ledger.Proofs;

/// <summary>
/// All nodes of an RFC 6962 tree, level by level, so that any number of inclusion paths cost one hashing of the tree. An odd last
/// node is carried up unchanged, as <see cref="MerkleTree"/> does.
/// </summary>
internal sealed class TreeLevels
{
    private const byte NodeTag = 0x01;
    private readonly List<Hash256[]> _levels = [];

    public TreeLevels(Hash256[] leafHashes)
    {
        _levels.Add(leafHashes);
        while (_levels[^1].Length > 1)
        {
            var below = _levels[^1];
            var above = new Hash256[(below.Length + 1) / 2];
            Sha256.PairsOf(NodeTag, below.AsSpan(0, below.Length / 2 * 2), above.AsSpan(0, below.Length / 2));
            if (below.Length % 2 == 1)
            {
                above[^1] = below[^1];
            }

            _levels.Add(above);
        }
    }

    /// <summary>The path that <see cref="MerkleTree.InclusionPath"/> gives for the leaf.</summary>
    public Hash256[] Path(int leaf)
    {
        var path = new List<Hash256>(_levels.Count);
        foreach (var level in _levels)
        {
            if ((leaf ^ 1) < level.Length)
            {
                path.Add(level[leaf ^ 1]);
            }

            leaf >>= 1;
        }

        return [.. path];
    }
}
