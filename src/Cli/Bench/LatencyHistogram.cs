using System.Numerics;

namespace Actors.Cli.Bench;

/// <summary>
/// Counts of latencies in buckets that are each less than 1 % wide, as HdrHistogram does it: 128 equal steps for every power
/// of two microseconds. Any number of threads may record; a reading beside them may miss the newest.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;
    private const int MagnitudeMax = 36;
    private readonly long[] _counts = new long[(MagnitudeMax + 1) * Steps];
    private long _maxMicros;

    public void Record(TimeSpan latency)
    {
        var micros = Math.Max(0, (long)latency.TotalMicroseconds);
        Interlocked.Increment(ref _counts[BucketOf(micros)]);
        if (micros > Volatile.Read(ref _maxMicros))
        {
            RaiseMax(micros);
        }
    }

    public long Count => _counts.Sum();

    public TimeSpan Max => TimeSpan.FromMicroseconds(_maxMicros);

    /// <summary>The latency that the given share (0 to 1) of the recorded ones do not exceed, to within a bucket; never above the largest.</summary>
    public TimeSpan Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
            {
                return TimeSpan.FromMicroseconds(Math.Min(UpperEndOf(i), _maxMicros));
            }
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(long micros)
    {
        var magnitude = Math.Max(0, BitOperations.Log2((ulong)micros) - StepBits + 1);
        if (magnitude == 0)
        {
            return (int)micros;
        }

        // Above the first 128 values only the upper half of each magnitude's steps is used: the top bit is always set.
        return Math.Min((magnitude * Steps) + (int)(micros >> magnitude), ((MagnitudeMax + 1) * Steps) - 1);
    }

    private static long UpperEndOf(int bucket)
    {
        var magnitude = bucket / Steps;
        return magnitude == 0 ? bucket : (((long)(bucket % Steps) + 1) << magnitude) - 1;
    }

    private void RaiseMax(long micros)
    {
        var seen = Volatile.Read(ref _maxMicros);
        while (micros > seen)
        {
            var before = Interlocked.CompareExchange(ref _maxMicros, micros, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
