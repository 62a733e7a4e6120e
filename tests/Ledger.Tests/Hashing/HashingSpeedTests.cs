using System.Diagnostics;
using Actors.Ledger.Hashing;
using Xunit.Abstractions;

namespace Actors.Ledger.Tests.Hashing;

/// <summary>
/// Lanes exist for speed alone: the fastest of alternating runs is told, and must be worth the code where the machine has them. Half of what is seen on a busy machine is asked
/// for; with long messages little is to be gained, and they are asked only not to lose much.
/// </summary>
public sealed class HashingSpeedTests(ITestOutputHelper output)
{
    private const int Messages = 4_096;
    private const int Runs = 20;

    [Theory]
    [InlineData(12, 4)]
    [InlineData(64, 2)]
    [InlineData(1_024, 0.5)]
    public void A_batch_of_short_messages_is_faster_than_the_same_one_by_one(int size, double timesAtLeast)
    {
        var data = new byte[Messages * size];
        new Random(size).NextBytes(data);
        var hashes = new Hash256[Messages];
        var (alone, together) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var run = 0; run < Runs; run++)
        {
            alone = Min(alone, () => Sha256OneByOne.ManyFixed(0, data, size, hashes));
            together = Min(together, () => Sha256.ManyFixed(0, data, size, hashes));
        }

        output.WriteLine(FormattableString.Invariant($"{size} bytes: {alone.TotalNanoseconds / Messages:F0} ns one by one, {together.TotalNanoseconds / Messages:F0} ns in a batch"));
        if (Sha256Lanes.IsSupported)
            Assert.True(alone >= together * timesAtLeast, $"{size} bytes: {alone} one by one, {together} in a batch, expected at least {timesAtLeast} times faster");
    }

    private static TimeSpan Min(TimeSpan before, Action hash)
    {
        var start = Stopwatch.GetTimestamp();
        hash();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return elapsed < before ? elapsed : before;
    }
}
