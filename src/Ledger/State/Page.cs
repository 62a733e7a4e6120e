namespace Actors.Ledger.State;

/// <summary>
/// 64 slots of a table in memory. Written by the chain's one writer only. When a capture (state root or snapshot) still
/// reads the bytes, the writer swaps in a copy first, so captured bytes never change.
/// </summary>
internal sealed class Page(ulong index, byte[] bytes)
{
    public ulong Index { get; } = index;

    public byte[] Bytes { get; set; } = bytes;

    /// <summary>The state's stamp when the writer last made this page writable.</summary>
    public uint Stamp { get; set; }

    /// <summary>Changed since its hash was last computed.</summary>
    public bool DirtyForRoot { get; set; }

    /// <summary>Changed since it was last captured for a snapshot; such a page is not evicted.</summary>
    public bool DirtyForSnapshot { get; set; }

    /// <summary>Where it stands among the resident pages.</summary>
    public int ResidentAt { get; set; }

    /// <summary>Used since the eviction hand last passed.</summary>
    public bool Used { get; set; }

    /// <summary>Captures that may still read <see cref="Bytes"/>.</summary>
    public Capture? RootCapture { get; set; }

    public Capture? SnapshotCapture { get; set; }

    /// <summary>Every pending of the page is finished and only its hash was kept.</summary>
    public bool Collapsed { get; init; }

    public bool IsCaptured => RootCapture is { Released: false } || SnapshotCapture is { Released: false };
}
