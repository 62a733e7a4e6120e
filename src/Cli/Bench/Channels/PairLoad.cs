using System.Collections.Concurrent;
using System.Diagnostics;

namespace Actors.Cli.Bench.Channels;

/// <summary>
/// Sends the bulks of a pair, at most so many of them not yet acknowledged, and watches the home chain for what has been. The latency of a
/// bulk is from its submission to the block that holds the acknowledgement of its last message.
/// </summary>
internal sealed class PairLoad(ChannelPair pair, PairPlan plan, int bulksInFlightMax, int? pace, Stopwatch clock)
{
    private readonly SemaphoreSlim _room = new(bulksInFlightMax);
    private readonly ConcurrentQueue<(ulong Last, TimeSpan Sent)> _waiting = new();
    private long _acknowledged;
    private volatile bool _stopping;

    /// <summary>Messages acknowledged so far.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Bulks committed at home.</summary>
    public int BulksSent { get; private set; }

    public bool RanOut => BulksSent == pair.BulkCount;

    public LatencyHistogram Latency { get; set; } = new();

    public void Stop() => _stopping = true;

    /// <summary>Ends when it was stopped, or has nothing left, and all that was sent is acknowledged.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var watching = WatchAsync(cancellation);
        var answers = new List<Task>();
        for (var bulk = 0; bulk < pair.BulkCount && !_stopping; bulk++)
        {
            var due = await DueAsync(bulk, cancellation);
            await _room.WaitAsync(cancellation);
            _waiting.Enqueue((((ulong)bulk + 1) * (ulong)plan.SendsPerBulk, due));
            answers.Add(SubmitAsync(bulk, cancellation));
            BulksSent = bulk + 1;
        }

        await Task.WhenAll(answers);
        await watching;
    }

    private Task SubmitAsync(int bulk, CancellationToken cancellation) => pair.Home.CommitAsync(pair.Bulk(bulk), $"bulk {bulk}", cancellation);

    private async Task WatchAsync(CancellationToken cancellation)
    {
        for (var settled = 0UL; ;)
        {
            Interlocked.Exchange(ref _acknowledged, (long)settled);
            while (_waiting.TryPeek(out var bulk) && bulk.Last <= settled && _waiting.TryDequeue(out _))
            {
                Latency.Record(clock.Elapsed - bulk.Sent);
                _room.Release();
            }

            if ((_stopping || RanOut) && _waiting.IsEmpty)
            {
                return;
            }

            var before = settled;
            settled = (await pair.Home.PositionAsync(position => position.Settled > before, cancellation)).Settled;
        }
    }

    private async Task<TimeSpan> DueAsync(int bulk, CancellationToken cancellation)
    {
        if (pace is not { } perSecond)
        {
            return clock.Elapsed;
        }

        var due = TimeSpan.FromSeconds((double)bulk * plan.SendsPerBulk / perSecond);
        if (due > clock.Elapsed)
        {
            await Task.Delay(due - clock.Elapsed, cancellation);
            return clock.Elapsed;
        }

        return due;
    }
}
