using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Proofs;

/// <summary>The trees under a block's transactions root and outcomes root, each hashed when first asked for.</summary>
internal sealed class BlockTrees(Block block)
{
    private readonly Dictionary<int, TreeLevels> _operations = [];
    private TreeLevels? _transactions;
    private TreeLevels? _effects;

    public Block Block => block;

    public Hash256[] TransactionPath(int transaction) => (_transactions ??= new TreeLevels(TransactionHashes())).Path(transaction);

    public Hash256[] EffectPath(int leaf) => (_effects ??= new TreeLevels(EffectHashes())).Path(leaf);

    public Hash256[] OperationPath(int transaction, int operation)
    {
        if (!_operations.TryGetValue(transaction, out var tree))
        {
            tree = new TreeLevels(block.Transactions[transaction].Transaction.OperationLeafHashes());
            _operations.Add(transaction, tree);
        }

        return tree.Path(operation);
    }

    private Hash256[] TransactionHashes()
    {
        var hashes = new Hash256[block.Transactions.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = MerkleTree.LeafHash(block.Transactions[i].Transaction.Signed);
        }

        return hashes;
    }

    private Hash256[] EffectHashes()
    {
        var hashes = new Hash256[block.EffectLeaves.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = MerkleTree.LeafHash(block.EffectLeaves[i].Span);
        }

        return hashes;
    }
}
