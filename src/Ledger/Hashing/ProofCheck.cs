using System.Numerics;

namespace Actors.Ledger.Hashing;

/// <summary>
/// The verifier's side of RFC 9162, 2.1.3.2 and 2.1.4.2. It walks up from the last leaf it was told of, with that leaf's
/// number and the tree's last one halved a level at a time; levels at which the node has no right sibling take no hash.
/// </summary>
internal static class ProofCheck
{
    public static bool TryRootFromPath(
        in Hash256 leafHash, ulong index, ulong size, ReadOnlySpan<Hash256> path, out Hash256 root)
    {
        root = default;
        if (index >= size)
            return false;

        var (node, last) = (index, size - 1);
        var reached = leafHash;
        foreach (ref readonly var sibling in path)
        {
            if (last == 0)
                return false;
            if (IsRightChildOrLast(node, last))
            {
                reached = MerkleTree.NodeHash(sibling, reached);
                (node, last) = SkipLevelsWithoutSibling(node, last);
            }
            else
            {
                reached = MerkleTree.NodeHash(reached, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        if (last != 0)
            return false;
        root = reached;
        return true;
    }

    public static bool VerifyConsistency(
        ulong oldSize, ulong newSize, in Hash256 oldRoot, in Hash256 newRoot, ReadOnlySpan<Hash256> path)
    {
        if (oldSize > newSize)
            return false;
        if (oldSize == newSize)
            return path.IsEmpty && oldRoot == newRoot && (oldSize > 0 || oldRoot == MerkleTree.EmptyRoot);
        if (oldSize == 0)
            return path.IsEmpty && oldRoot == MerkleTree.EmptyRoot;

        // An old tree that is one complete subtree is its own starting node; otherwise the path brings the node along.
        var oldIsComplete = BitOperations.IsPow2(oldSize);
        if (path.IsEmpty)
            return false;
        var start = oldIsComplete ? oldRoot : path[0];
        var complete = BitOperations.TrailingZeroCount(oldSize);
        var (node, last) = ((oldSize - 1) >> complete, (newSize - 1) >> complete);

        var (oldReached, newReached) = (start, start);
        foreach (ref readonly var sibling in path[(oldIsComplete ? 0 : 1)..])
        {
            if (last == 0)
                return false;
            if (IsRightChildOrLast(node, last))
            {
                oldReached = MerkleTree.NodeHash(sibling, oldReached);
                newReached = MerkleTree.NodeHash(sibling, newReached);
                (node, last) = SkipLevelsWithoutSibling(node, last);
            }
            else
            {
                newReached = MerkleTree.NodeHash(newReached, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && oldReached == oldRoot && newReached == newRoot;
    }

    private static bool IsRightChildOrLast(ulong node, ulong last) => (node & 1) == 1 || node == last;

    // A last node that is a left child was carried up unchanged until it became a right one.
    private static (ulong Node, ulong Last) SkipLevelsWithoutSibling(ulong node, ulong last)
    {
        while ((node & 1) == 0 && node != 0)
            (node, last) = (node >> 1, last >> 1);
        return (node, last);
    }
}
