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
    private readonly SortedSet<(ulong DueMs, ulong Serial)> _order = [];
    private readonly Dictionary<(ulong DueMs, ulong Serial), LedgerChain> _chains = [];
    private readonly Dictionary<LedgerChain, (ulong DueMs, ulong Serial)> _scheduled = [];
    private readonly Timer _timer;
    private ulong _serial;

    public DueQueue(IChainClock clock)
    {
        _clock = clock;
        _timer = new Timer(static queue => ((DueQueue)queue!).WakeDue(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Says when the chain's next pending is due, in place of what was said before; null when none is.</summary>
    public void Schedule(LedgerChain chain, ulong? dueMs)
    {
        lock (_lock)
        {
            if (_scheduled.TryGetValue(chain, out var known))
            {
                if (known.DueMs == dueMs)
                {
                    return;
                }

                Remove(known);
            }

            if (dueMs is { } due)
            {
                var entry = (due, _serial++);
                _order.Add(entry);
                _chains.Add(entry, chain);
                _scheduled.Add(chain, entry);
                SetTimer();
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void WakeDue()
    {
        lock (_lock)
        {
            var now = _clock.UnixMs;
            while (_order.Count > 0 && _order.Min is var first && first.DueMs <= now)
            {
                var chain = _chains[first];
                Remove(first);
                chain.WakeDue();
            }

            SetTimer();
        }
    }

    private void Remove((ulong DueMs, ulong Serial) entry)
    {
        _order.Remove(entry);
        _chains.Remove(entry, out var chain);
        _scheduled.Remove(chain!);
    }

    private void SetTimer()
    {
        if (_order.Count > 0)
        {
            var (now, due) = (_clock.UnixMs, _order.Min.DueMs);
            _timer.Change(due <= now ? 1 : (long)Math.Min(due - now + 1, (ulong)SleepMsMax), Timeout.Infinite);
        }
    }
}
