using Actors.Engine.History;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger.Signing;

namespace Actors.Engine.Audits;

/// <summary>
/// A chain read straight from a data folder (or a backup) or a database, also while a node is writing it: it takes no epoch. Besides the blocks it
/// gives what else is stored beside them, for <see cref="StoreAudit"/>.
/// </summary>
public sealed class StoredChain : IBlockSource, IDisposable
{
    private readonly INodeStore _node;

    private StoredChain(INodeStore node, IChainStore store)
    {
        _node = node;
        Store = store;
        HeadHeight = store.ReadHead().Height;
    }

    public ReadOnlyMemory<byte> Genesis => Store.Genesis;

    public ulong HeadHeight { get; }

    /// <summary>The key that seals the block after the head.</summary>
    /// <exception cref="StoreException">What is stored does not decode.</exception>
    public PublicKey SealingKey => Store.ReadKeyChanges() is { Count: > 0 } changes
        ? KeyChangeCodec.Decode(changes[^1].Bytes).NewKey ?? throw new StoreCorruptException("a stored change of the sealing key changes none")
        : StoredGenesis.Parse(Store).Settings.SealingKey;

    internal IChainStore Store { get; }

    /// <exception cref="StoreException">The folder holds no such chain, or it is damaged; the message says how.</exception>
    public static StoredChain Open(string dataFolder, string chainId) => Open(new SqliteNodeStore(dataFolder), chainId);

    /// <summary>As the other; <paramref name="node"/> is disposed with the chain, or at once if that cannot be opened.</summary>
    /// <exception cref="StoreException">The store holds no such chain, or it is damaged; the message says how.</exception>
    public static StoredChain Open(INodeStore node, string chainId)
    {
        try
        {
            return new StoredChain(node, node.OpenChain(chainId));
        }
        catch (StoreException)
        {
            node.Dispose();
            throw;
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadBlockAsync(ulong height, CancellationToken cancellation) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>?>(Store.ReadBlock(height));

    public void Dispose()
    {
        Store.Dispose();
        _node.Dispose();
    }
}
