using Actors.Cli.Bench;

namespace Actors.Cli.Tests.Bench;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(1_000)]
    [InlineData(123_456)]
    [InlineData(60_000_000)]
    public void A_latency_comes_back_to_within_one_per_cent(long micros)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMicroseconds(micros));
        histogram.Record(TimeSpan.FromDays(1));
        Assert.InRange(histogram.Percentile(0.5).TotalMicroseconds, micros, micros * 1.01);
    }

    [Fact]
    public void Percentiles_are_those_of_the_sorted_latencies()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 1_000; i++)
        {
            histogram.Record(TimeSpan.FromMilliseconds(i));
        }

        Assert.Equal(1_000, histogram.Count);
        Assert.InRange(histogram.Percentile(0.50).TotalMilliseconds, 500, 505);
        Assert.InRange(histogram.Percentile(0.99).TotalMilliseconds, 990, 1_000);
        Assert.Equal(TimeSpan.FromSeconds(1), histogram.Percentile(1));
        Assert.Equal(TimeSpan.FromSeconds(1), histogram.Max);
    }

    [Fact]
    public void Nothing_recorded_is_zero_and_no_latency_is_too_long()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal(TimeSpan.Zero, histogram.Percentile(0.99));
        histogram.Record(TimeSpan.FromDays(300));
        Assert.Equal(1, histogram.Count);
    }
}
