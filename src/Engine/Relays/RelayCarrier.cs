using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Relays;

/// <summary>Why a relay stopped carrying in one direction of a channel.</summary>
public enum RelayEnd
{
    /// <summary>The other side has all there was.</summary>
    NothingLeft,

    /// <summary>The other side takes nothing now: it is paused, or has frozen its peer.</summary>
    Stalled,

    /// <summary>The other side answered something else than that it took the batch: somebody was quicker, or the batch is not true.</summary>
    Refused,
}

/// <summary>How a run of <see cref="RelayCarrier"/> ended: where the other side stood when it began, and, if refused, its answer.</summary>
public sealed record RelayRun(RelayEnd End, RelayPosition? Start, SubmissionResult? Refusal = null);

/// <summary>
/// Carries what one side of a channel has for the other, until there is nothing left: batch n+1 goes out before n is answered. Keeps nothing between
/// runs; each starts from what the other side's state says. One run at a time.
/// </summary>
public sealed class RelayCarrier(IRelayEnd from, uint fromChannel, IRelayEnd to, uint toChannel, IChainClock clock)
{
    private const int InFlightMax = 4;
    private const ulong ValidityMs = 60_000;

    /// <summary>Headers shown one after the other where a chain has changed its sealing key more often than one update can show: all changes it can make.</summary>
    private const int StepsMax = Limits.KeyChangesPerAnchorMax / Limits.KeyChangesPerUpdateMax;

    /// <summary>What is paused may be resumed at any moment, of which this side hears nothing.</summary>
    private static readonly TimeSpan PausedWaitMax = TimeSpan.FromSeconds(2);
    private readonly Queue<(Task<SubmissionResult> Answer, RelayBatch Batch)> _inFlight = new();
    private long _batches;
    private long _packets;
    private long _acknowledgements;
    private long _timeouts;

    /// <summary>Batches that the other side took; the opening is one too.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Packets in batches that the other side took; of several relays each counts what it carried first.</summary>
    public long Packets => Interlocked.Read(ref _packets);

    /// <summary>Acknowledgements, of a run of packets each, in batches that the other side took.</summary>
    public long Acknowledgements => Interlocked.Read(ref _acknowledgements);

    /// <summary>Packets of the other side that it refunded because they had timed out.</summary>
    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <summary>Called before each look for more: what is written to the chain before is found.</summary>
    public Action? Looking { get; init; }

    /// <param name="waitMax">When there is nothing to begin with, how long to wait for something, where this side can be waited for.</param>
    /// <param name="cancellation">Stops it; what is on its way goes on.</param>
    /// <exception cref="EngineFaultException">One of the sides cannot be reached or is busy. Whatever was carried is found in its state.</exception>
    public async Task<RelayRun> CarryAsync(TimeSpan waitMax, CancellationToken cancellation)
    {
        RelayRun? run = null;
        try
        {
            return run = await CarryAllAsync(waitMax, cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (run is not { End: RelayEnd.NothingLeft })
            {
                await SettleAllAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Shows the other side, range by range, which of its packets were not received at their timeout. An idle chain is asked to seal a block that says
    /// so or, where it cannot be asked, shown a newer header of the other one, which makes a block as well.
    /// </summary>
    /// <exception cref="EngineFaultException">As of <see cref="CarryAsync"/>.</exception>
    public async Task<RelayRun> CarryTimeoutsAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var position = await to.GetRelayPositionAsync(toChannel, cancellation).ConfigureAwait(false);
            if (position is null or { PeerFrozen: true })
            {
                return new RelayRun(RelayEnd.Stalled, position);
            }

            // Without a proof its clock is behind, or it has received them all: then its acknowledgement is on its way.
            if (await to.GetTimedOutAsync(toChannel, cancellation).ConfigureAwait(false) is not { } packets
                || await ProveAsync(position.Cursor, packets, cancellation).ConfigureAwait(false) is not var (batch, left))
            {
                return new RelayRun(RelayEnd.NothingLeft, position);
            }

            var result = await to.SubmitAsync(batch.EncodeTimeOut(to.Genesis, position.Peer, toChannel, left, ExpiryAt(to)), cancellation).ConfigureAwait(false);
            if (!IsTaken(result))
            {
                return new RelayRun(RelayEnd.Refused, position, result);
            }

            Interlocked.Add(ref _timeouts, left.Ranges.Sum(range => range.Count));
        }
    }

    private async Task<RelayRun> CarryAllAsync(TimeSpan waitMax, CancellationToken cancellation)
    {
        var position = await to.GetRelayPositionAsync(toChannel, cancellation).ConfigureAwait(false);
        if (position is null or { PeerFrozen: true })
        {
            return new RelayRun(RelayEnd.Stalled, position);
        }

        // What is paused receives nothing, and goes on settling what it sent.
        var cursor = position.Paused ? position.Cursor with { Received = Limits.SequenceMax } : position.Cursor;
        waitMax = position.Paused && waitMax > PausedWaitMax ? PausedWaitMax : waitMax;
        while (true)
        {
            Looking?.Invoke();
            var batch = await ExportAsync(cursor, _inFlight.Count == 0 ? waitMax : TimeSpan.Zero, cancellation).ConfigureAwait(false);
            if (batch is not null)
            {
                _inFlight.Enqueue((to.SubmitAsync(batch.Encode(to.Genesis, position.Peer, toChannel, ExpiryAt(to)), cancellation).AsTask(), batch));
                cursor = batch.Next;
            }

            if (_inFlight.Count == 0)
            {
                return new RelayRun(position.Paused ? RelayEnd.Stalled : RelayEnd.NothingLeft, position);
            }

            if ((batch is null || _inFlight.Count == InFlightMax || _inFlight.Peek().Answer.IsCompleted) && await SettleAsync().ConfigureAwait(false) is { } refusal)
            {
                return new RelayRun(RelayEnd.Refused, position, refusal);
            }
        }
    }

    private ValueTask<RelayBatch?> ExportAsync(in RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) =>
        waitMax > TimeSpan.Zero && from is IWaitingRelayEnd waiting
            ? waiting.AwaitExportAsync(fromChannel, cursor, waitMax, cancellation)
            : from.ExportAsync(fromChannel, cursor, cancellation);

    /// <summary>A header of this side stamped at or past the timeouts, and which of the packets it has not received; null when there is none.</summary>
    private async Task<(RelayBatch Batch, TimedOutPackets Left)?> ProveAsync(RelayCursor cursor, TimedOutPackets packets, CancellationToken cancellation)
    {
        var batch = await from.ExportPositionAsync(fromChannel, cursor, cancellation).ConfigureAwait(false);
        if (batch is null || batch.Time < packets.Latest)
        {
            if (!await from.SealAsync(packets.Latest, cancellation).ConfigureAwait(false))
            {
                await ShowNewerAsync(cancellation).ConfigureAwait(false);
            }

            batch = await ExportPositionAsync(cancellation).ConfigureAwait(false);
        }

        for (var steps = 0; steps < StepsMax && batch is not null; steps++)
        {
            if (batch.NotReceived(packets) is { } left)
            {
                return (batch, left);
            }

            if (!batch.IsOnTheWay(packets) || !await ShowStepAsync(batch, cancellation).ConfigureAwait(false))
            {
                return null;
            }

            batch = await ExportPositionAsync(cancellation).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<RelayBatch?> ExportPositionAsync(CancellationToken cancellation) =>
        await to.GetRelayPositionAsync(toChannel, cancellation).ConfigureAwait(false) is { } position
            ? await from.ExportPositionAsync(fromChannel, position.Cursor, cancellation).ConfigureAwait(false)
            : null;

    /// <summary>Brings the other side a header on the way to the newest one; false when it did not take it.</summary>
    private async Task<bool> ShowStepAsync(RelayBatch step, CancellationToken cancellation) =>
        await to.GetRelayPositionAsync(toChannel, cancellation).ConfigureAwait(false) is { } position
        && IsTaken(await to.SubmitAsync(step.EncodeUpdate(to.Genesis, position.Peer, ExpiryAt(to)), cancellation).ConfigureAwait(false));

    /// <summary>
    /// Has this side make a block by showing it a header of the other side that it does not hold. There always is one, once the other side
    /// has been shown this side's newest: taking that made a newer block there. A chain takes a header alone only when it has been idle for some seconds: until then the next
    /// try is too early, and whatever else it seals meanwhile will do.
    /// </summary>
    private async Task ShowNewerAsync(CancellationToken cancellation)
    {
        if (!await ShowNewestAsync(to, toChannel, from, fromChannel, cancellation).ConfigureAwait(false)
            && await ShowNewestAsync(from, fromChannel, to, toChannel, cancellation).ConfigureAwait(false))
        {
            await ShowNewestAsync(to, toChannel, from, fromChannel, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>False when the other chain holds the newest header already, or does not want it now.</summary>
    private async Task<bool> ShowNewestAsync(IRelayEnd shown, uint shownChannel, IRelayEnd other, uint otherChannel, CancellationToken cancellation)
    {
        return await other.GetRelayPositionAsync(otherChannel, cancellation).ConfigureAwait(false) is { } position
            && await shown.ExportPositionAsync(shownChannel, position.Cursor, cancellation).ConfigureAwait(false) is { } batch
            && IsTaken(await other.SubmitAsync(batch.EncodeUpdate(other.Genesis, position.Peer, ExpiryAt(other)), cancellation).ConfigureAwait(false));
    }

    private Timestamp ExpiryAt(IRelayEnd end) => new(clock.UnixMs + Math.Min(ValidityMs, end.Genesis.Settings.ValidityMs / 2));

    /// <summary>Null when the oldest batch on its way was taken; otherwise the answer to it.</summary>
    private async Task<SubmissionResult?> SettleAsync()
    {
        var (answer, batch) = _inFlight.Dequeue();
        var result = await answer.ConfigureAwait(false);
        if (!IsTaken(result))
        {
            return result;
        }

        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _packets, batch.PacketCount);
        Interlocked.Add(ref _acknowledgements, batch.AcknowledgementCount);
        return null;
    }

    private async Task SettleAllAsync()
    {
        while (_inFlight.TryDequeue(out var sent))
        {
            try
            {
                await sent.Answer.ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is EngineFaultException or OperationCanceledException)
            {
                // Its outcome is found in the other side's state.
            }
        }
    }

    private static bool IsTaken(SubmissionResult result) => result.Outcome is Outcome.Committed or Outcome.AlreadyCommitted;
}
