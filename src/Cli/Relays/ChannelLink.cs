using Actors.Engine.Faults;
using Actors.Engine.Relays;

namespace Actors.Cli.Relays;

/// <summary>A channel between the two nodes, carried in both directions.</summary>
internal sealed class ChannelLink(ChannelSide from, ChannelSide to)
{
    public ChannelSide From => from;

    public ChannelSide To => to;

    public RelayDirection There { get; } = new(from, to);

    public RelayDirection Back { get; } = new(to, from);

    public IReadOnlyList<RelayDirection> Directions => [There, Back];

    public Task FollowAsync(RelayTelling telling, CancellationToken cancellation) => Task.WhenAll(Directions.Select(direction => direction.FollowAsync(telling, cancellation)));

    /// <summary>
    /// Carries until all that was there at the start is settled, or nothing moves any more. Faults are tried again as long as
    /// <paramref name="patience"/> says, from the last time that something moved. False when the ledger of one side refuses what the other has.
    /// </summary>
    /// <exception cref="EngineFaultException">A node did not answer, and patience ran out.</exception>
    public async Task<bool> CarryAllAsync(RelayTelling telling, TimeSpan patience, CancellationToken cancellation)
    {
        var since = Environment.TickCount64;
        for (var failures = 0; ;)
        {
            var carried = Carried;
            try
            {
                var runs = new List<(RelayDirection Direction, RelayRun Run)>();
                foreach (var direction in Directions)
                {
                    runs.Add((direction, await direction.CarryAsync(cancellation)));
                }

                var refused = runs.FindAll(run => run.Direction.IsRefused(run.Run));
                refused.ForEach(run => telling.Refused(run.Direction, run.Run));
                if (refused.Count > 0)
                {
                    return false;
                }

                var raced = runs.Exists(run => run.Run.End == RelayEnd.Refused);
                if (!raced && (IsSettled(runs) || carried == Carried))
                {
                    runs.FindAll(run => run.Run.End == RelayEnd.Stalled).ForEach(run => telling.Stalled(run.Direction, run.Run));
                    return true;
                }

                failures = raced ? failures + 1 : 0;
                await Task.Delay(raced ? RelayPauses.After(failures - 1) : TimeSpan.Zero, cancellation);
            }
            catch (EngineFaultException fault) when (Environment.TickCount64 - since < patience.TotalMilliseconds)
            {
                telling.Failed(fault);
                await Task.Delay(RelayPauses.After(failures++, fault.RetryAfter), cancellation);
            }

            since = carried == Carried ? since : Environment.TickCount64;
        }
    }

    private long Carried => Directions.Sum(direction => direction.Batches);

    /// <summary>Whether all that either side had sent at the start is settled; what was sent since is for the next run.</summary>
    private bool IsSettled(List<(RelayDirection Direction, RelayRun Run)> runs) =>
        runs[0].Run.Start is { } there && there.Settled >= to.Position.Sent && there.Cursor.IsConfirmed
        && runs[1].Run.Start is { } back && back.Settled >= from.Position.Sent && back.Cursor.IsConfirmed;
}
