using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Wire;

namespace Actors.Engine.History;

/// <summary>Blocks of a log, decoded.</summary>
internal static class StoredBlocks
{
    /// <exception cref="StoreCorruptException">There is no such block, or it does not decode.</exception>
    public static Block Parse(IChainStore store, Height height) =>
        Parse(store.ReadBlock(height.Value) ?? throw new StoreCorruptException($"expected block {height} in the store, found none"), height);

    /// <exception cref="StoreCorruptException">It does not decode.</exception>
    public static Block Parse(byte[] bytes, Height height)
    {
        try
        {
            return Block.Parse(bytes);
        }
        catch (MalformedException malformed)
        {
            throw new StoreCorruptException($"block {height} does not decode: {malformed.Message}", malformed);
        }
    }
}
