using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Engine.History;

/// <summary>
/// Complete subtrees of the history tree, stored so that a proof over a long history reads a few hundred hashes and not all of
/// them: level 8 covers 256 headers, level 16 covers 65,536, and so on. Immutable.
/// </summary>
internal sealed class HistoryTiles
{
    public const int BitsPerLevel = 8;
    private const ulong PerTile = 1UL << BitsPerLevel;
    private const int LevelsMax = 6;
    private readonly MerkleFrontier[] _levels;

    private HistoryTiles(MerkleFrontier[] levels) => _levels = levels;

    /// <summary>The tiles of a chain without blocks: one leaf, the genesis hash.</summary>
    public static HistoryTiles Of(in Hash256 genesisHash)
    {
        var levels = new MerkleFrontier[LevelsMax];
        for (var i = 0; i < LevelsMax; i++)
        {
            levels[i] = new MerkleFrontier();
        }

        levels[0].Append(MerkleTree.LeafHash(genesisHash.AsSpan()));
        return new HistoryTiles(levels);
    }

    /// <summary>Reads back what was built up to <paramref name="height"/>, a few hundred hashes a level.</summary>
    public static HistoryTiles Load(IChainStore store, in Hash256 genesisHash, ulong height)
    {
        var size = height + 1;
        var levels = new MerkleFrontier[LevelsMax];
        for (var level = 0; level < LevelsMax; level++)
        {
            levels[level] = new MerkleFrontier();
            var complete = size >> (level * BitsPerLevel);
            for (var index = complete / PerTile * PerTile; index < complete; index++)
            {
                levels[level].Append(HistoryReader.Subtree(store, genesisHash, level, index));
            }
        }

        return new HistoryTiles(levels);
    }

    /// <summary>The tiles after one more header, and those that it completes.</summary>
    public HistoryTiles Next(ulong height, in Hash256 headerHash, List<HistoryTile> completed)
    {
        var levels = (MerkleFrontier[])_levels.Clone();
        var root = MerkleTree.LeafHash(headerHash.AsSpan());
        var count = height + 1;
        for (var level = 0; level < LevelsMax; level++)
        {
            levels[level] = levels[level].Clone();
            levels[level].Append(root);
            if (levels[level].Count < PerTile)
            {
                break;
            }

            root = levels[level].Root();
            levels[level] = new MerkleFrontier();
            count >>= BitsPerLevel;
            completed.Add(new HistoryTile((level + 1) * BitsPerLevel, count - 1, root));
        }

        return new HistoryTiles(levels);
    }
}
