using Actors.Engine.Clocks;
using Actors.Ledger.State;

namespace Actors.Engine.Chains;

/// <summary>When a snapshot is made, and the one that is under way: planned with a block at a cut of the state, written once both are there.</summary>
internal sealed class SnapshotSchedule(ChainState state, ClockGuard clock, ChainOptions options, long logBytes)
{
    private long _logBytes = logBytes;
    private SnapshotPlan? _plan;
    private long _notBeforeMs = long.MinValue;
    private bool _isTaken;

    public bool IsDue => _plan is null && clock.MonotonicMs >= _notBeforeMs
        && (_logBytes >= options.SnapshotLogBytes || state.Tables.DirtyBytes >= options.SnapshotDirtyBytes);

    /// <summary>Freezes the pages of a snapshot at the cut that a block made; null when none is due.</summary>
    public SnapshotPlan? Plan(StateCut? at)
    {
        if (at is not { } cut || !IsDue)
        {
            return null;
        }

        _plan = new SnapshotPlan(state.Head, state.Tables.CaptureSnapshot(), cut, state.Pendings.OpenCount, _logBytes);
        _logBytes = 0;
        if (cut.Roots is not null)
        {
            _plan.CollectHashes();
        }

        return _plan;
    }

    /// <summary>A cut was hashed, perhaps the snapshot's.</summary>
    public void Computed(StateCut cut)
    {
        if (_plan is { } plan && plan.Cut == cut)
        {
            plan.CollectHashes();
        }
    }

    /// <summary>A snapshot whose pages are frozen, hashed and durable as blocks: ready to be written. Once each.</summary>
    public SnapshotPlan? TakeReady()
    {
        if (_plan is not { IsReady: true } || _isTaken)
        {
            return null;
        }

        _isTaken = true;
        return _plan;
    }

    /// <summary>The log grew, or, with less than 0, what it was to grow by is taken back.</summary>
    public void LogGrew(long bytes) => _logBytes += bytes;

    /// <summary>
    /// The snapshot being written is current: its pages are free, finished ones keep their hash only. Or it was given up: the next one
    /// holds what it should have held, and is made after a while.
    /// </summary>
    public void Ended(SnapshotPlan plan, bool isCurrent)
    {
        _plan = null;
        _isTaken = false;
        if (!isCurrent)
        {
            state.Tables.Abandon(plan.Capture);
            _logBytes += plan.LogBytes;
            _notBeforeMs = clock.MonotonicMs + options.RetryWritesAfterMs;
            return;
        }

        plan.Capture.Release();
        foreach (var frozen in plan.Capture.Pages)
        {
            if (frozen.Table.Shape.Id == TableId.Pendings && frozen.Page.Bytes == frozen.Bytes && PendingPages.AreFinished(frozen.Bytes))
            {
                state.Tables.Collapse(frozen.Table, frozen.Page);
            }
        }
    }
}
