using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>An expiry leaf or touch leaf with its place among a block's effect leaves and its path to the outcomes root.</summary>
public sealed record EffectLeafProof(int Index, ReadOnlyMemory<byte> Leaf, IReadOnlyList<Hash256> Path)
{
    internal static EffectLeafProof Build(BlockTrees trees, int index) => new(index, trees.Block.EffectLeaves[index], trees.EffectPath(index));

    /// <summary>Whether the leaf stands in the block.</summary>
    internal bool IsIn(BlockHeader header) =>
        MerkleTree.TryRootFromPath(MerkleTree.LeafHash(Leaf.Span), (ulong)Index, header.EffectLeafCount, [.. Path], out var root)
        && root == header.OutcomesRoot;

    internal void Write(WireWriter writer)
    {
        writer.U32((uint)Index);
        writer.Bytes32(Leaf.Span);
        HashPath.Write(writer, Path);
    }

    internal static EffectLeafProof Read(ref WireReader reader)
    {
        var index = reader.U32();
        return index <= int.MaxValue
            ? new EffectLeafProof((int)index, reader.Bytes32(Limits.EncodedBlockBytesMax, "effect leaf").ToArray(), HashPath.Read(ref reader))
            : throw new MalformedException($"effect leaf index is {index}, at most {int.MaxValue} is possible");
    }
}
