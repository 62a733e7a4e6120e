using System.Diagnostics;
using System.Text.Json.Nodes;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.Relays;

namespace Actors.Cli.Relays;

/// <summary>One direction of a channel: what <paramref name="source"/> has goes to <paramref name="target"/>.</summary>
internal sealed class RelayDirection(ChannelSide source, ChannelSide target)
{
    /// <summary>A request waits so long for something to carry; then it is asked again, which finds a node that went away without a word.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    /// <summary>An answer without anything that comes earlier than this was not waited for.</summary>
    private static readonly TimeSpan WaitedMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StalledPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeoutPause = TimeSpan.FromSeconds(10);
    private readonly RelayCarrier _carrier = new(source.End, source.Channel, target.End, target.Channel, SystemClock.Instance);
    private readonly RelayCarrier _timeouts = new(source.End, source.Channel, target.End, target.Channel, SystemClock.Instance);
    private readonly Refusals _packetRefusals = new();
    private readonly Refusals _timeoutRefusals = new();

    public string Name => $"{source.Name} -> {target.Name}";

    /// <summary>How often the target took something.</summary>
    public long Batches => _carrier.Batches + Timeouts;

    public long Packets => _carrier.Packets;

    public long Acknowledgements => _carrier.Acknowledgements;

    public long Timeouts => _timeouts.Timeouts;

    /// <summary>The target's packets that were sent and not yet settled when it was last looked at.</summary>
    public ulong Unsettled { get; private set; }

    public JsonObject Json => new()
    {
        ["from"] = source.Name,
        ["to"] = target.Name,
        ["packets"] = Packets,
        ["acknowledgements"] = Acknowledgements,
        ["timeouts"] = Timeouts,
    };

    /// <summary>Carries all there is, packets that timed out included.</summary>
    public async Task<RelayRun> CarryAsync(CancellationToken cancellation)
    {
        var run = Note(await _carrier.CarryAsync(TimeSpan.Zero, cancellation));
        return run.End == RelayEnd.Refused ? run : await _timeouts.CarryTimeoutsAsync(cancellation) is { End: RelayEnd.Refused } refused ? refused : run;
    }

    /// <summary>Whether a run was refused for more than a race.</summary>
    public bool IsRefused(RelayRun run) => _packetRefusals.AreLasting(run);

    /// <summary>Carries until it is cancelled; whatever goes wrong meanwhile is told and tried again, with growing pauses.</summary>
    public Task FollowAsync(RelayTelling telling, CancellationToken cancellation) => Task.WhenAll(
        KeepAsync(stop => FollowPacketsAsync(telling, stop), telling, cancellation),
        KeepAsync(stop => FollowTimeoutsAsync(telling, stop), telling, cancellation));

    private async Task<bool> FollowPacketsAsync(RelayTelling telling, CancellationToken cancellation)
    {
        var (start, carried) = (Stopwatch.GetTimestamp(), _carrier.Batches);
        var run = Note(await _carrier.CarryAsync(WaitMax, cancellation));
        if (_packetRefusals.AreLasting(run))
        {
            telling.Refused(this, run);
        }

        if (run.End == RelayEnd.Stalled)
        {
            telling.Stalled(this, run);
            var paused = Stopwatch.GetElapsedTime(start);
            await Task.Delay(paused < StalledPause ? StalledPause - paused : TimeSpan.Zero, cancellation);
        }

        if (run.End != RelayEnd.NothingLeft)
        {
            return run.End == RelayEnd.Stalled;
        }

        telling.Goes(this);
        if (Stopwatch.GetElapsedTime(start) < WaitedMin && carried == _carrier.Batches)
        {
            await Task.Delay(WaitedMin, cancellation);
        }

        return true;
    }

    private async Task<bool> FollowTimeoutsAsync(RelayTelling telling, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        if (await target.End.AwaitTimedOutAsync(target.Channel, WaitMax, cancellation) is null)
        {
            await Task.Delay(Stopwatch.GetElapsedTime(start) < WaitedMin ? WaitedMin : TimeSpan.Zero, cancellation);
            return true;
        }

        var settled = Timeouts;
        var run = await _timeouts.CarryTimeoutsAsync(cancellation);
        if (_timeoutRefusals.AreLasting(run))
        {
            telling.Refused(this, run);
        }

        if (run.End != RelayEnd.Refused && settled == Timeouts)
        {
            // What the source has received all the same is settled by its acknowledgement, which goes the ordinary way.
            await Task.Delay(TimeoutPause, cancellation);
        }

        return run.End != RelayEnd.Refused;
    }

    /// <summary>Repeats <paramref name="step"/> until it is cancelled; false from it, or a fault, is a failure.</summary>
    private async Task KeepAsync(Func<CancellationToken, Task<bool>> step, RelayTelling telling, CancellationToken cancellation)
    {
        for (var failures = 0; !cancellation.IsCancellationRequested;)
        {
            try
            {
                failures = await step(cancellation) ? 0 : failures + 1;
                if (failures > 0)
                {
                    await Task.Delay(RelayPauses.After(failures - 1), cancellation);
                }
            }
            catch (EngineFaultException fault)
            {
                telling.Failed(fault);
                await Task.Delay(RelayPauses.After(failures++, fault.RetryAfter), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private RelayRun Note(RelayRun run)
    {
        Unsettled = run.Start is { } position ? position.Sent - position.Settled : 0;
        return run;
    }
}
