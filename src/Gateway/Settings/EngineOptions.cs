using Actors.Engine;
using Actors.Engine.Chains;

namespace Actors.Gateway.Settings;

/// <summary>Section <c>Actors:Engine</c>: what the embedded engine may hold. Defaults are the engine's own.</summary>
internal sealed class EngineOptions
{
    private static readonly ChainOptions ChainDefaults = new();
    private static readonly LedgerNodeOptions NodeDefaults = new() { DataFolder = "" };

    /// <summary>Transactions of one chain that are admitted and not yet answered; further ones get 429. Default 32,768.</summary>
    public int InFlightMax { get; set; } = ChainDefaults.InFlightMax;

    /// <summary>Bytes of those transactions. Default 64 MiB.</summary>
    public long InFlightBytesMax { get; set; } = ChainDefaults.InFlightBytesMax;

    /// <summary>Bytes of state pages that one chain keeps in memory, beside those not yet in a snapshot. Default 1 GiB.</summary>
    public long PageCacheBytesMax { get; set; } = ChainDefaults.PageCacheBytesMax;

    /// <summary>Log bytes between snapshots: about what a restart replays at most. Default 256 MiB.</summary>
    public long SnapshotLogBytes { get; set; } = ChainDefaults.SnapshotLogBytes;

    /// <summary>Bytes of changed pages that call for a snapshot however short the log is. Default 512 MiB.</summary>
    public long SnapshotDirtyBytes { get; set; } = ChainDefaults.SnapshotDirtyBytes;

    /// <summary>Parsed public keys kept for signature checks, about 2 KB each. Default 131,072.</summary>
    public int KeyCacheMax { get; set; } = NodeDefaults.KeyCacheMax;

    /// <summary>Threads that check signatures at the same time. Default: one a core.</summary>
    public int VerifyWorkersMax { get; set; } = NodeDefaults.VerifyWorkersMax;

    public LedgerNodeOptions ToNodeOptions(string dataFolder, string store) => new()
    {
        DataFolder = dataFolder,
        Store = store.Length == 0 ? null : store,
        KeyCacheMax = KeyCacheMax,
        VerifyWorkersMax = VerifyWorkersMax,
        Chain = ChainDefaults with
        {
            InFlightMax = InFlightMax,
            InFlightBytesMax = InFlightBytesMax,
            PageCacheBytesMax = PageCacheBytesMax,
            SnapshotLogBytes = SnapshotLogBytes,
            SnapshotDirtyBytes = SnapshotDirtyBytes,
        },
    };
}
