using Actors.Engine.History;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;

namespace Actors.Engine.Channels;

/// <summary>The blocks that are read for one answer: so many at most, and so many bytes of them, and the last may go beyond that.</summary>
internal sealed class BlocksLookedAt(IChainStore store)
{
    private const int BlocksMax = 4_096;
    private const long BytesMax = 256L << 20;
    private int _blocks;
    private long _bytes;

    /// <summary>No more are read; whoever asks again goes on from here.</summary>
    public bool IsEnough => _blocks == BlocksMax || _bytes > BytesMax;

    /// <exception cref="StoreException">The block is not there, or cannot be read.</exception>
    public Block Read(ulong height)
    {
        var block = StoredBlocks.Parse(store, new Height(height));
        _blocks++;
        _bytes += block.Bytes.Length;
        return block;
    }
}
