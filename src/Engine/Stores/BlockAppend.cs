using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores;

/// <summary>A block and everything that is written in the same transaction. The store keeps none of the buffers.</summary>
/// <param name="Height">The head's height + 1.</param>
/// <param name="Previous">The head's header hash; the genesis hash for height 1.</param>
/// <param name="HeaderHash">This block's header hash.</param>
/// <param name="TimeMs">This block's time, never below the head's.</param>
/// <param name="Bytes">Header, seal and body, at least one byte; those read most often stand first.</param>
/// <param name="Filters">Filters of the stretches that this block closes, in ascending order.</param>
/// <param name="Tiles">Tiles of the history tree that this block completes.</param>
/// <param name="KeyChanges">Changes of the sealing key in this block, in order.</param>
public sealed record BlockAppend(
    ulong Height,
    Hash256 Previous,
    Hash256 HeaderHash,
    ulong TimeMs,
    ReadOnlyMemory<byte> Bytes,
    IReadOnlyList<IdFilter> Filters,
    IReadOnlyList<HistoryTile> Tiles,
    IReadOnlyList<byte[]> KeyChanges)
{
    /// <summary>When the chain is due after this block, if what the store keeps of that is to change. Only an <see cref="IDueChainStore"/> keeps it.</summary>
    public DueNote? Due { get; init; }
}
