using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Engine.History;

/// <summary>Blocks of a log that must be there, as bytes or decoded.</summary>
internal static class StoredBlocks
{
    private const int SignedHeaderSize = BlockHeader.Size + Signature.Size;

    /// <exception cref="StoreCorruptException">There is no such block.</exception>
    public static byte[] Read(IChainStore store, Height height) => store.ReadBlock(height.Value) ?? throw Missing(height);

    /// <summary>Header and seal, without reading the rest.</summary>
    /// <exception cref="StoreCorruptException">There is no such block.</exception>
    public static byte[] ReadSignedHeader(IChainStore store, Height height) => store.ReadBlockPrefix(height.Value, SignedHeaderSize) ?? throw Missing(height);

    /// <summary>Header and seal of a block that was read.</summary>
    public static ReadOnlyMemory<byte> SignedHeaderOf(Block block) => block.Bytes[..SignedHeaderSize];

    /// <exception cref="StoreCorruptException">There is no such block, or it does not decode.</exception>
    public static Block Parse(IChainStore store, Height height) => Parse(Read(store, height), height);

    /// <exception cref="StoreCorruptException">It does not decode.</exception>
    public static Block Parse(ReadOnlyMemory<byte> bytes, Height height)
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

    public static StoreCorruptException Missing(Height height) => new($"expected block {height} in the store, found none");
}
