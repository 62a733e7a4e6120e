using System.Diagnostics;
using Actors.Cli.Terminals;
using Actors.Engine;

namespace Actors.Cli.Bench.Channels;

/// <summary>
/// One run: make the pairs and their channels; sign; warm up; measure; let everything settle; stop the node; and check every account
/// of both sides in what is there after a restart.
/// </summary>
internal sealed class ChannelsBench(ChannelsSettings settings, Streams streams, Action<string> say)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly long _startedAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public async Task<ChannelsReport> RunAsync(CancellationToken cancellation)
    {
        using var folder = new DataFolder(settings.DataFolder);
        var header = BenchHeader.Of(settings);
        foreach (var line in header.Lines)
        {
            say(line);
        }

        var plans = Enumerable.Range(0, settings.Pairs).Select(pair => new PairPlan(settings.Accounts, settings.SendsPerBulk, (ulong)pair + 1)).ToArray();
        ChannelsReport report;
        int[] sent;
        ChannelPair[] pairs = [];
        try
        {
            await using IChannelsPlace place = settings.OverRelay ? await RelayedChannelsPlace.StartAsync(folder.Path, say, cancellation) : new LocalChannelsPlace(folder.Path, settings.Store);
            pairs = [.. plans.Select((plan, i) => new ChannelPair(place, NameOf(i), plan, InFlightPackets))];
            await SetUpAsync(pairs, cancellation);
            var before = Size(folder);
            (report, sent) = await LoadAsync(place, pairs, plans, header, cancellation);
            report = report with { BytesPerMessage = settings.Store is null ? (Size(folder) - before) / (double)Math.Max(1, sent.Sum(bulks => (long)bulks * settings.SendsPerBulk)) : null };
            var (homeNode, awayNode) = await place.ReopenAsync();
            return report with { FirstMismatch = await CheckAsync(homeNode, awayNode, pairs, sent, cancellation) };
        }
        finally
        {
            foreach (var pair in pairs)
            {
                pair.Dispose();
            }
        }
    }

    // A database may hold the chains of earlier runs.
    private string NameOf(int pair) => settings.Store is null ? $"{pair}" : $"{pair}-{_startedAt}";

    private uint InFlightPackets => (uint)(settings.BulksInFlightMax * settings.SendsPerBulk);

    private Task SetUpAsync(ChannelPair[] pairs, CancellationToken cancellation) => ProgressDisplay.RunAsync(streams, $"making {pairs.Length} pairs and signing", async advance =>
    {
        advance.Total = pairs.Length;
        await Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, async (pair, stop) =>
        {
            await pair.CreateAsync(stop);
            pair.Sign(settings.BulksPerPair);
            advance.Add(1);
        });
    });

    private async Task<(ChannelsReport Report, int[] Sent)> LoadAsync(IChannelsPlace place, ChannelPair[] pairs, PairPlan[] plans, BenchHeader header, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var loads = pairs.Select((pair, i) => new PairLoad(pair, plans[i], settings.BulksInFlightMax, settings.Pace / settings.Pairs, clock)).ToArray();
        var running = Task.WhenAll(loads.Select(load => Task.Run(() => load.RunAsync(cancellation), cancellation)));
        await WatchAsync(loads, running, clock, settings.WarmUp, measured: false);
        var (start, processor, messages) = (clock.Elapsed, place.ProcessorTime, loads.Sum(load => load.Acknowledged));
        var latency = new LatencyHistogram();
        Array.ForEach(loads, load => load.Latency = latency);
        await WatchAsync(loads, running, clock, settings.Measured, measured: true);
        var (elapsed, used, done) = (clock.Elapsed - start, place.ProcessorTime - processor, loads.Sum(load => load.Acknowledged) - messages);
        Array.ForEach(loads, load => load.Latency = new LatencyHistogram());
        var ranOut = loads.Any(load => load.RanOut);
        Array.ForEach(loads, load => load.Stop());
        await running;
        var report = new ChannelsReport(header, settings, done, elapsed, used, latency)
        {
            BytesPerMessage = null,
            PeakMemoryBytes = place.PeakMemoryBytes,
            RanOut = ranOut,
            FirstMismatch = null,
        };
        return (report, [.. loads.Select(load => load.BulksSent)]);
    }

    private async Task WatchAsync(PairLoad[] loads, Task running, Stopwatch clock, TimeSpan length, bool measured)
    {
        var end = clock.Elapsed + length;
        while (clock.Elapsed < end && !running.IsCompleted)
        {
            var (before, start) = (loads.Sum(load => load.Acknowledged), clock.Elapsed);
            await Task.WhenAny(running, Task.Delay(end - start < Tick * 1.5 ? end - start : Tick));
            var rate = (loads.Sum(load => load.Acknowledged) - before) / (clock.Elapsed - start).TotalSeconds;
            say(FormattableString.Invariant($"{(int)Math.Round(clock.Elapsed.TotalSeconds),4} s  {rate,12:N0} messages/s{(measured ? "" : "  (warm-up)")}"));
        }
    }

    private async Task<string?> CheckAsync(LedgerNode homeNode, LedgerNode awayNode, ChannelPair[] pairs, int[] sent, CancellationToken cancellation)
    {
        await using var home = homeNode;
        await using var away = awayNode == homeNode ? null : awayNode;
        return await ProgressDisplay.RunAsync(streams, "checking every account", async advance =>
        {
            advance.Total = pairs.Length;
            for (var i = 0; i < pairs.Length; i++)
            {
                if (await pairs[i].FindMismatchAsync(homeNode, awayNode, sent[i], cancellation) is { } mismatch)
                {
                    return mismatch;
                }

                advance.Add(1);
            }

            return null;
        });
    }

    private static long Size(DataFolder folder) => new DirectoryInfo(folder.Path).EnumerateFiles("*.db", SearchOption.AllDirectories).Sum(file => file.Length);
}
