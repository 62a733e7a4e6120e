using Actors.Engine.Faults;

namespace Actors.Engine.Clocks;

/// <summary>
/// Gives the time for the next block, or refuses to: a block is never stamped ahead of the clock, so a clock behind the last block
/// stops writing; so does one that leapt against the monotonic clock, until it agrees again.
/// </summary>
internal sealed class ClockGuard(IChainClock clock)
{
    /// <summary>A correction of the clock up to this size between two blocks is taken as it is.</summary>
    public const long LeapMsMax = 5_000;
    private ulong _latestMs;
    private ulong _anchorUnixMs = clock.UnixMs;
    private long _anchorMonotonicMs = clock.MonotonicMs;

    public long MonotonicMs => clock.MonotonicMs;

    /// <summary>The clock's time, for looking only.</summary>
    public ulong UnixMs => clock.UnixMs;

    /// <summary>
    /// The time of the next block. Never below one that was given before, even if no block came of it: somebody may have been told that
    /// his transaction expired by it.
    /// </summary>
    /// <exception cref="WritesStoppedException">The clock is behind the last block or leapt.</exception>
    public ulong Stamp(ulong lastBlockMs)
    {
        var now = clock.UnixMs;
        var monotonic = clock.MonotonicMs;
        var expected = _anchorUnixMs + (ulong)Math.Max(0, monotonic - _anchorMonotonicMs);
        var leap = (long)(now - expected);
        if (Math.Abs(leap) > LeapMsMax)
        {
            throw new WritesStoppedException($"the clock leapt by {leap} ms against the monotonic clock; writing goes on once it is right again, or after a restart that accepts the new time");
        }

        var latest = Math.Max(lastBlockMs, _latestMs);
        if (now < latest)
        {
            throw new WritesStoppedException($"the clock says {now}, blocks were stamped up to {latest}: it is {latest - now} ms behind");
        }

        _latestMs = now;
        _anchorUnixMs = now;
        _anchorMonotonicMs = monotonic;
        return now;
    }

    /// <summary>A time that no later block is stamped below: what expires at or before it can be recorded no more.</summary>
    public ulong NoEarlierThan(ulong lastBlockMs)
    {
        try
        {
            return Stamp(lastBlockMs);
        }
        catch (WritesStoppedException)
        {
            return Math.Max(lastBlockMs, _latestMs);
        }
    }
}
