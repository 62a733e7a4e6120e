using Actors.Engine.Chains;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;

namespace Actors.Engine;

/// <summary>What an embedded node is told.</summary>
public sealed record LedgerNodeOptions
{
    /// <summary>Where sealing keys and backups are kept, and chains unless <see cref="Store"/> says otherwise. Created if need be.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The connection string of a PostgreSQL database that keeps the chains; null: SQLite in the data folder. Which heads they reached is then
    /// noted in the data folder, so that a server that lost blocks is refused.
    /// </summary>
    public string? Store { get; init; }

    public ChainOptions Chain { get; init; } = new();

    /// <summary>Parsed public keys kept for signature checks, about 2 KB each. Default 131,072.</summary>
    public int KeyCacheMax { get; init; } = 131_072;

    /// <summary>Threads that check signatures at the same time. Default: one a core.</summary>
    public int VerifyWorkersMax { get; init; } = Environment.ProcessorCount;

    /// <summary>How often the node looks which chains have something due, and opens those. Default: each minute.</summary>
    public TimeSpan DueEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Is told of a chain (null: of all) with something due that could not be opened or woken, and why; it is tried again.</summary>
    public Action<string?, EngineFaultException>? NotWoken { get; init; }

    public IChainClock Clock { get; init; } = SystemClock.Instance;
}
