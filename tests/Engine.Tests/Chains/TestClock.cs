using Actors.Engine.Clocks;

namespace Actors.Engine.Tests.Chains;

/// <summary>The machine's clocks, moved by the test; it counts how often it is asked.</summary>
internal sealed class TestClock : IChainClock
{
    private long _wallOffsetMs;
    private long _bothOffsetMs;
    private long _asked;

    public long Asked => Interlocked.Read(ref _asked);

    public ulong UnixMs
    {
        get
        {
            Interlocked.Increment(ref _asked);
            return (ulong)((long)SystemClock.Instance.UnixMs + Interlocked.Read(ref _bothOffsetMs) + Interlocked.Read(ref _wallOffsetMs));
        }
    }

    public long MonotonicMs => SystemClock.Instance.MonotonicMs + Interlocked.Read(ref _bothOffsetMs);

    /// <summary>Time passes.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _bothOffsetMs, (long)time.TotalMilliseconds);

    /// <summary>Somebody sets the wall clock, forward or back.</summary>
    public void Set(TimeSpan off) => Interlocked.Exchange(ref _wallOffsetMs, (long)off.TotalMilliseconds);
}
