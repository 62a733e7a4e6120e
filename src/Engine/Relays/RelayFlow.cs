using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Relays;

/// <summary>
/// Carries what one side of a channel has for the other. Runs only while there is something to carry: a commit that moved the channel
/// wakes it, and it ends when the other side has all of it. Batch n+1 goes out before n is answered; after any answer but the expected one it
/// starts again from what the other side's state says. Several flows over one channel do no harm: what was done before is a no-op.
/// </summary>
internal sealed class RelayFlow(IRelayEnd from, uint fromChannel, IRelayEnd to, uint toChannel, IChainClock clock)
{
    private const int InFlightMax = 4;
    private const ulong ValidityMs = 60_000;
    private const int RetriesMax = 8;
    private static readonly TimeSpan RetryAfterMin = TimeSpan.FromMilliseconds(50);
    private const int Idle = 0;
    private const int Running = 1;
    private const int RunningAgain = 2;
    private readonly Queue<(Task<SubmissionResult> Answer, RelayCursor Next)> _inFlight = new();
    private int _runs;
    private Task _run = Task.CompletedTask;
    private volatile bool _timeoutsDue;
    private volatile bool _stopped;

    public IRelayEnd To => to;

    public uint ToChannel => toChannel;

    /// <summary>It ended because the other side takes nothing now, though there may be something for it.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>It ended because one side did not answer, again and again, though there may be something to carry.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>Completes when what it was last woken for is carried, or it ended otherwise. For a caller that wakes it from one thread at a time.</summary>
    public Task WhenIdle => _run;

    /// <summary>There may be something to carry.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _runs, RunningAgain) == Idle)
        {
            _run = Task.Run(RunAsync);
        }
    }

    /// <summary>It begins nothing more, for good: somebody else carries from now on, or will.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Packets of the other side may have timed out.</summary>
    public void WakeTimeouts()
    {
        _timeoutsDue = true;
        Wake();
    }

    private async Task RunAsync()
    {
        do
        {
            Volatile.Write(ref _runs, Running);
            await CarryAsync().ConfigureAwait(false);
        }
        while (Interlocked.CompareExchange(ref _runs, Idle, Running) != Running);
    }

    /// <summary>Carries until there is nothing left. Gives up after several failures in a row; the next commit wakes it again.</summary>
    private async Task CarryAsync()
    {
        (IsStalled, HasGivenUp) = (false, false);
        for (var failures = 0; failures < RetriesMax && !_stopped; failures++)
        {
            try
            {
                if (await CarryAllAsync().ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (ChainStoppedException)
            {
                await SettleAllAsync().ConfigureAwait(false);
                return;
            }
            catch (EngineFaultException)
            {
                // The store of one side is busy or away: what was carried is found in its state when it is back.
            }

            await SettleAllAsync().ConfigureAwait(false);
            await Task.Delay(RetryAfterMin * (1 << failures)).ConfigureAwait(false);
        }

        (IsStalled, HasGivenUp) = (true, true);
    }

    /// <summary>True when the other side has all there was; false when it answered something else than was expected.</summary>
    private async Task<bool> CarryAllAsync()
    {
        if (await to.GetRelayPositionAsync(toChannel, CancellationToken.None).ConfigureAwait(false) is not { PeerFrozen: false, Paused: false } position)
        {
            IsStalled = true;
            return true;
        }

        var cursor = position.Cursor;
        while (true)
        {
            Volatile.Write(ref _runs, Running);
            var batch = _stopped ? null : await from.ExportAsync(fromChannel, cursor, CancellationToken.None).ConfigureAwait(false);
            if (batch is not null)
            {
                Submit(batch, position.Peer);
                cursor = batch.Next;
            }

            if (_inFlight.Count == 0)
            {
                return _stopped || !_timeoutsDue || await CarryTimeoutsAsync(position.Peer, cursor).ConfigureAwait(false);
            }

            if ((batch is null || _inFlight.Count == InFlightMax || _inFlight.Peek().Answer.IsCompleted) && !await SettleAsync().ConfigureAwait(false))
            {
                return false;
            }
        }
    }

    /// <summary>Shows the other side, range by range, that its packets were not received at their timeout. An idle chain is asked to seal a block that says so.</summary>
    private async Task<bool> CarryTimeoutsAsync(uint peer, RelayCursor cursor)
    {
        _timeoutsDue = false;
        while (await to.GetTimedOutAsync(toChannel, CancellationToken.None).ConfigureAwait(false) is { } packets)
        {
            if (!await from.SealAsync(packets.Latest, CancellationToken.None).ConfigureAwait(false)
                || await from.ExportPositionAsync(fromChannel, cursor, CancellationToken.None).ConfigureAwait(false) is not { } batch
                || batch.NotReceived(packets) is not { } left)
            {
                // Its clock is behind, or it has received them all: then its acknowledgement is on its way.
                return true;
            }

            var result = await to.SubmitAsync(batch.EncodeTimeOut(to.Genesis, peer, toChannel, left, Expiry), CancellationToken.None).ConfigureAwait(false);
            if (result.Outcome is not (Outcome.Committed or Outcome.AlreadyCommitted))
            {
                _timeoutsDue = true;
                return false;
            }

            cursor = batch.Next;
        }

        return true;
    }

    private Timestamp Expiry => new(clock.UnixMs + Math.Min(ValidityMs, to.Genesis.Settings.ValidityMs / 2));

    private void Submit(RelayBatch batch, uint peer)
    {
        var envelope = batch.Encode(to.Genesis, peer, toChannel, Expiry);
        _inFlight.Enqueue((to.SubmitAsync(envelope, CancellationToken.None).AsTask(), batch.Next));
    }

    private async Task<bool> SettleAsync()
    {
        var result = await _inFlight.Dequeue().Answer.ConfigureAwait(false);
        return result.Outcome is Outcome.Committed or Outcome.AlreadyCommitted;
    }

    private async Task SettleAllAsync()
    {
        while (_inFlight.TryDequeue(out var sent))
        {
            try
            {
                await sent.Answer.ConfigureAwait(false);
            }
            catch (EngineFaultException)
            {
                // Its outcome is found in the other side's state.
            }
        }
    }
}
