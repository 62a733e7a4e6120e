using System.Diagnostics;
using Actors.Engine.Snapshots;
using Actors.Engine.Stores;
using Actors.Engine.Telemetry;

namespace Actors.Engine.Chains;

/// <summary>Writes one snapshot at a time beside the chain's loop. <paramref name="last"/> is the number of the last one; numbers are never used again.</summary>
internal sealed class SnapshotRun(IChainStore store, ChainAppender appender, ulong last)
{
    private ulong _number = last;
    private Task<Exception?>? _run;
    private SnapshotPlan? _plan;

    public bool IsRunning => _run is not null;

    /// <summary>Completes with the one that is being written; at once when none is.</summary>
    public Task WhenEnded => (Task?)_run ?? Task.CompletedTask;

    /// <summary>Begins to write it. <paramref name="ended"/> is called from another thread when there is something to take.</summary>
    public void Start(SnapshotPlan plan, Action ended, CancellationToken cancellation)
    {
        var number = ++_number;
        _plan = plan;
        _run = Task.Run(() => Write(number, plan, cancellation), CancellationToken.None);
        _run.ContinueWith(static (_, ended) => ((Action)ended!)(), ended, TaskScheduler.Default);
    }

    /// <summary>The one that has ended since this was asked last, and why it is not current; null when none has.</summary>
    public (SnapshotPlan Plan, Exception? Fault)? TakeEnded()
    {
        if (_run is not { IsCompleted: true } ended)
        {
            return null;
        }

        var plan = _plan!;
        (_run, _plan) = (null, null);
        return (plan, ended.GetAwaiter().GetResult());
    }

    private Exception? Write(ulong number, SnapshotPlan plan, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var fault = SnapshotWriter.TryWrite(store, appender, number, plan, cancellation);
        EngineMetrics.SnapshotEnded(fault is null, plan.Pages.Length, Stopwatch.GetElapsedTime(start));
        return fault;
    }
}
