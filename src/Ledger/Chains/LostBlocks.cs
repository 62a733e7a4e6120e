using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Chains;

/// <summary>
/// What the operator says of blocks that a store lost after they had been acknowledged: the heights that the chain seals anew, and the hash of the
/// last lost header. Receipts for those blocks are sealed and stay provable; this is why the chain does not hold them.
/// </summary>
/// <param name="First">The lowest height known to be lost, from 1; at most that of the block that records this.</param>
/// <param name="Count">How many blocks are known to be lost, from 1.</param>
/// <param name="Header">Header hash of the last of them.</param>
public readonly record struct LostBlocks(ulong First, uint Count, Hash256 Header)
{
    /// <summary>The highest height known to be lost.</summary>
    public ulong Last => First + Count - 1;

    internal static LostBlocks Read(ref WireReader reader)
    {
        var first = reader.Varint(1, long.MaxValue, "first lost height");
        var count = reader.Varint(1, uint.MaxValue, "lost blocks");
        return new LostBlocks(first, (uint)count, new Hash256(reader.Bytes(Hash256.Size)));
    }

    internal void Write(WireWriter writer)
    {
        writer.Varint(First);
        writer.Varint(Count);
        writer.Bytes(Header.AsSpan());
    }
}
