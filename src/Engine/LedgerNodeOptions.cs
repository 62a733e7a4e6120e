using Actors.Engine.Chains;
using Actors.Engine.Clocks;

namespace Actors.Engine;

/// <summary>What an embedded node is told.</summary>
public sealed record LedgerNodeOptions
{
    /// <summary>Where chains, sealing keys and backups are kept. Created if need be.</summary>
    public required string DataFolder { get; init; }

    public ChainOptions Chain { get; init; } = new();

    /// <summary>Parsed public keys kept for signature checks, about 2 KB each. Default 131,072.</summary>
    public int KeyCacheMax { get; init; } = 131_072;

    /// <summary>Threads that check signatures at the same time. Default: one a core.</summary>
    public int VerifyWorkersMax { get; init; } = Environment.ProcessorCount;

    public IChainClock Clock { get; init; } = SystemClock.Instance;
}
