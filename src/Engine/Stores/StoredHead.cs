using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores;

/// <summary>Where a chain stands in its store.</summary>
/// <param name="Epoch">The writer's epoch in force; 0 before the first writer.</param>
/// <param name="Height">The last block's height; 0 for a chain without blocks.</param>
/// <param name="HeaderHash">The last block's header hash; at height 0 the genesis hash.</param>
/// <param name="TimeMs">The last block's time; 0 at height 0.</param>
/// <param name="HeadFileFound">
/// Whether the lower bound was there to compare with. A chain gets it when it is created, so false means that somebody
/// removed it, and that blocks may be missing without a trace.
/// </param>
public readonly record struct StoredHead(
    ulong Epoch, ulong Height, Hash256 HeaderHash, ulong TimeMs, bool HeadFileFound);
