using System.Diagnostics;

namespace Actors.Cli.Bench;

/// <summary>What was measured between the end of the warm-up and the end of the run.</summary>
internal sealed record Measurement(long Transfers, TimeSpan Elapsed, TimeSpan ProcessorTime, LatencyHistogram Latency)
{
    public double PerSecond => Transfers / Elapsed.TotalSeconds;

    public double ProcessorMicrosPerTransfer => ProcessorTime.TotalMicroseconds / Math.Max(1, Transfers);
}

/// <summary>
/// Puts pre-signed transactions on their chains, in turn, so many in flight at a time, and counts those answered after the warm-up. Where
/// a pace is set, a transaction that could not be sent when it was due counts from when it was due, so that a target that
/// stalls cannot hide it.
/// </summary>
internal sealed class LoadRun(IBenchTarget target, IReadOnlyList<ChainLoad> chains, BenchSettings settings)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TickMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan DelayMin = TimeSpan.FromMilliseconds(1);
    private readonly Stopwatch _clock = new();
    private readonly int _transactions = chains.Count * chains.Min(chain => chain.Transactions.Count);
    private LatencyHistogram _latency = new();
    private long _transfers;
    private int _next = -1;
    private volatile bool _stopping;

    /// <summary>Transfers committed so far, the warm-up's included.</summary>
    public long Transfers => Interlocked.Read(ref _transfers);

    /// <summary>Whether the signed transactions were used up before the time was.</summary>
    public bool RanOut { get; private set; }

    /// <summary>
    /// Runs warm-up and measurement and returns when every answer is there. Each second <paramref name="everySecond"/> hears the seconds
    /// since the start, the transfers committed within the last one, and whether it was measured.
    /// </summary>
    public async Task<Measurement> RunAsync(Action<int, long, bool> everySecond, CancellationToken cancellation)
    {
        _clock.Start();
        var workers = Task.WhenAll(Enumerable.Range(0, settings.InFlightMax).Select(_ => Task.Run(() => WorkAsync(cancellation), cancellation)));
        await WatchAsync(settings.WarmUp, everySecond, false, workers);
        var (transfers, processor, start) = (Transfers, target.ProcessorTime, _clock.Elapsed);
        var latency = _latency = new LatencyHistogram();
        await WatchAsync(settings.Measured, everySecond, true, workers);
        var measured = new Measurement(Transfers - transfers, _clock.Elapsed - start, target.ProcessorTime - processor, latency);
        _latency = new LatencyHistogram();
        RanOut = workers.IsCompletedSuccessfully;
        _stopping = true;
        await workers;
        return measured;
    }

    private async Task WatchAsync(TimeSpan length, Action<int, long, bool> everySecond, bool measured, Task workers)
    {
        var end = _clock.Elapsed + length;
        while (end - _clock.Elapsed > TickMin && !workers.IsCompleted && !_stopping)
        {
            var (before, start) = (Transfers, _clock.Elapsed);
            var left = end - start;
            await Task.WhenAny(workers, Task.Delay(left < Tick * 1.5 ? left : Tick));
            everySecond((int)Math.Round(_clock.Elapsed.TotalSeconds), (long)((Transfers - before) / (_clock.Elapsed - start).TotalSeconds), measured);
        }
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            while (!_stopping && Interlocked.Increment(ref _next) is var index && index < _transactions)
            {
                var (chain, place) = (chains[index % chains.Count], index / chains.Count);
                var sent = await DueAsync(index, cancellation);
                var answer = await chain.Target.SubmitAsync(chain.Transactions[place], cancellation);
                _latency.Record(_clock.Elapsed - sent);
                Interlocked.Add(ref _transfers, chain.Answers.Record(place, answer, settings.TransfersPerTransaction));
            }
        }
        catch
        {
            // One failure ends the run: the others must not go on until all transactions are used up.
            _stopping = true;
            throw;
        }
    }

    private async ValueTask<TimeSpan> DueAsync(int index, CancellationToken cancellation)
    {
        if (settings.Pace is not { } pace)
        {
            return _clock.Elapsed;
        }

        var due = TimeSpan.FromSeconds((double)index * settings.TransfersPerTransaction / pace);
        if (_clock.Elapsed > due)
        {
            return due;
        }

        while (due - _clock.Elapsed is { Ticks: > 0 } early && !_stopping)
        {
            await Task.Delay(early < DelayMin ? DelayMin : early < Tick ? early : Tick, cancellation);
        }

        return _clock.Elapsed;
    }
}
