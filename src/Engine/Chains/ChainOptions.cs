namespace Actors.Engine.Chains;

/// <summary>Bounds of one running chain.</summary>
public sealed record ChainOptions
{
    /// <summary>Transactions admitted and not yet answered; more are refused with a fault. Default 32,768.</summary>
    public int InFlightMax { get; init; } = 32_768;

    /// <summary>Bytes of those transactions. Default 64 MiB.</summary>
    public long InFlightBytesMax { get; init; } = 64L << 20;

    /// <summary>Bytes of state pages kept in memory, beside those not yet in a snapshot. Default 1 GiB.</summary>
    public long PageCacheBytesMax { get; init; } = 1L << 30;

    /// <summary>Log bytes between snapshots: what a restart replays at most, about. Default 256 MiB.</summary>
    public long SnapshotLogBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of changed pages that call for a snapshot however short the log is. Default 512 MiB.</summary>
    public long SnapshotDirtyBytes { get; init; } = 512L << 20;

    /// <summary>How long an admitted transaction waits for others at most. Default 2 ms.</summary>
    public long CutAfterMs { get; init; } = 2;

    /// <summary>Changed pages up to which a block carries its own state root. Default 16.</summary>
    public int OwnRootPagesMax { get; init; } = 16;

    /// <summary>How far the state root may lag under load. Default 400 ms; the format allows one second.</summary>
    public long StateLagMs { get; init; } = 400;

    /// <summary>
    /// How long the chain must have sealed nothing before it makes a block of newer headers of a peer and nothing else, as a relay asks for that needs a block from after
    /// a timeout. Bounds both what anybody can have sealed by showing headers, and what a refund waits for such a block. Default 10 s.
    /// </summary>
    public long HeadersAloneIdleMs { get; init; } = 10_000;

    /// <summary>How much later than the header held a header alone must be to be taken all the same, so that a peer that lives is never taken for gone. Default 1 hour.</summary>
    public long HeadersAloneAdvanceMs { get; init; } = 3_600_000;

    /// <summary>After a failed write, how long submissions are refused before the next try. Default 1 s.</summary>
    public long RetryWritesAfterMs { get; init; } = 1_000;
}
