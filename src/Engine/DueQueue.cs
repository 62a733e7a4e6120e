using Actors.Engine.Chains;
using Actors.Engine.Clocks;

namespace Actors.Engine;

/// <summary>
/// Wakes running chains when a pending of theirs is due: one queue and one timer for the whole process, and none while nothing is due.
/// </summary>
internal sealed class DueQueue : IDisposable
{
    private const long SleepMsMax = 60L * 60 * 1000;
    private readonly IChainClock _clock;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<LedgerChain, ulong> _queue = new();
    private readonly Dictionary<LedgerChain, ulong> _scheduled = [];
    private readonly Timer _timer;

    public DueQueue(IChainClock clock)
    {
        _clock = clock;
        _timer = new Timer(static queue => ((DueQueue)queue!).WakeDue(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Says when the chain's next pending is due; null when none is.</summary>
    public void Schedule(LedgerChain chain, ulong? dueMs)
    {
        lock (_lock)
        {
            if (dueMs is not { } due)
            {
                _scheduled.Remove(chain);
                return;
            }

            if (_scheduled.TryGetValue(chain, out var known) && known == due)
            {
                return;
            }

            _scheduled[chain] = due;
            _queue.Enqueue(chain, due);
            SetTimer();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void WakeDue()
    {
        lock (_lock)
        {
            var now = _clock.UnixMs;
            while (_queue.TryPeek(out var chain, out var due) && due <= now)
            {
                _queue.Dequeue();
                if (_scheduled.TryGetValue(chain, out var known) && known == due)
                {
                    _scheduled.Remove(chain);
                    chain.WakeDue();
                }
            }

            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (_queue.TryPeek(out _, out var due))
        {
            var now = _clock.UnixMs;
            _timer.Change(due <= now ? 1 : Math.Min((long)(due - now) + 1, SleepMsMax), Timeout.Infinite);
        }
    }
}
