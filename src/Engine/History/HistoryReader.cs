using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Engine.History;

/// <summary>Proofs over the headers of a chain, from its stored hashes and tiles.</summary>
internal sealed class HistoryReader(IChainStore store, Hash256 genesisHash)
{
    /// <summary>The path of header <paramref name="height"/> to the history root that header <paramref name="size"/> carries.</summary>
    public HistoryProof Prove(Height height, Height size, in Hash256 headerHash, in Hash256 historyRoot) =>
        new(height, size, headerHash, historyRoot, Path(height.Value, size.Value));

    public Hash256[] Path(ulong height, ulong size) => MerkleRange.InclusionPath(height, size, SubtreeAt);

    /// <summary>The root of the complete subtree at index <paramref name="index"/> of tile level <paramref name="tileLevel"/> (0: a leaf).</summary>
    public static Hash256 Subtree(IChainStore store, in Hash256 genesisHash, int tileLevel, ulong index)
    {
        if (tileLevel == 0)
        {
            return Leaf(store, genesisHash, index);
        }

        return store.TryReadHistoryTile(tileLevel * HistoryTiles.BitsPerLevel, index, out var root)
            ? root
            : throw new StoreCorruptException($"expected history tile {index} of level {tileLevel * HistoryTiles.BitsPerLevel}, found none");
    }

    private Hash256 SubtreeAt(ulong first, int level)
    {
        var tileLevel = level / HistoryTiles.BitsPerLevel;
        var shift = tileLevel * HistoryTiles.BitsPerLevel;
        var count = 1 << (level - shift);
        var roots = new Hash256[count];
        if (tileLevel == 0)
        {
            Leaves(first, roots);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                roots[i] = Subtree(store, genesisHash, tileLevel, (first >> shift) + (ulong)i);
            }
        }

        return MerkleTree.Root(roots);
    }

    private void Leaves(ulong first, Span<Hash256> into)
    {
        var hashes = into;
        if (first == 0)
        {
            into[0] = genesisHash;
            hashes = into[1..];
        }

        if (store.ReadHeaderHashes(Math.Max(1, first), hashes) < hashes.Length)
        {
            throw new StoreCorruptException($"expected {hashes.Length} header hashes from height {first}, found fewer");
        }

        foreach (ref var hash in into)
        {
            hash = MerkleTree.LeafHash(hash.AsSpan());
        }
    }

    private static Hash256 Leaf(IChainStore store, in Hash256 genesisHash, ulong height)
    {
        if (height == 0)
        {
            return MerkleTree.LeafHash(genesisHash.AsSpan());
        }

        Span<Hash256> hash = new Hash256[1];
        return store.ReadHeaderHashes(height, hash) == 1
            ? MerkleTree.LeafHash(hash[0].AsSpan())
            : throw new StoreCorruptException($"expected the header hash of height {height}, found none");
    }
}
