using Actors.Engine.Clocks;
using Actors.Engine.Faults;

namespace Actors.Engine.Relays;

/// <summary>
/// Carries what one side of a channel has for the other. Runs only while there is something to carry: a commit that moved the channel
/// wakes it, and it ends when the other side has all of it. After any answer but the expected one it
/// starts again from what the other side's state says. Several flows over one channel do no harm: what was done before is a no-op.
/// </summary>
internal sealed class RelayFlow
{
    private const int RetriesMax = 8;
    private static readonly TimeSpan RetryAfterMin = TimeSpan.FromMilliseconds(50);
    private const int Idle = 0;
    private const int Running = 1;
    private const int RunningAgain = 2;
    private readonly RelayCarrier _carrier;
    private readonly CancellationTokenSource _stop = new();
    private int _runs;
    private Task _run = Task.CompletedTask;
    private volatile bool _timeoutsDue;

    public RelayFlow(IRelayEnd from, uint fromChannel, IRelayEnd to, uint toChannel, IChainClock clock)
    {
        To = to;
        ToChannel = toChannel;
        _carrier = new RelayCarrier(from, fromChannel, to, toChannel, clock) { Looking = () => Volatile.Write(ref _runs, Running) };
    }

    public IRelayEnd To { get; }

    public uint ToChannel { get; }

    /// <summary>It ended because the other side takes nothing now, though there may be something for it.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>It ended because one side has stopped, or did not answer again and again, though there may be something to carry.</summary>
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
    public void Stop() => _stop.Cancel();

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
        for (var failures = 0; failures < RetriesMax && !_stop.IsCancellationRequested; failures++)
        {
            try
            {
                var end = await CarryOnceAsync().ConfigureAwait(false);
                if (end != RelayEnd.Refused)
                {
                    IsStalled = end == RelayEnd.Stalled;
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ChainStoppedException)
            {
                // One side is gone here: trying again does not bring it back.
                HasGivenUp = true;
                return;
            }
            catch (EngineFaultException)
            {
                // The store of one side is busy or away: what was carried is found in its state when it is back.
            }

            await Task.Delay(RetryAfterMin * (1 << failures)).ConfigureAwait(false);
        }

        (IsStalled, HasGivenUp) = (true, true);
    }

    private async Task<RelayEnd> CarryOnceAsync()
    {
        var run = await _carrier.CarryAsync(TimeSpan.Zero, _stop.Token).ConfigureAwait(false);
        if (run.End == RelayEnd.Refused || !_timeoutsDue)
        {
            return run.End;
        }

        _timeoutsDue = false;
        var timeouts = await _carrier.CarryTimeoutsAsync(_stop.Token).ConfigureAwait(false);
        _timeoutsDue |= timeouts.End == RelayEnd.Refused;
        return timeouts.End == RelayEnd.Refused ? timeouts.End : run.End;
    }
}
