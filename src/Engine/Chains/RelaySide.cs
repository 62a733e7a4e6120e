using Actors.Engine.Clocks;
using Actors.Engine.Relays;

namespace Actors.Engine.Chains;

/// <summary>
/// What relays ask of a running chain: where its channels stand, what it has for their other sides, which of its packets have timed out; and who waits for
/// more of that.
/// </summary>
/// <param name="chain">The chain, for its loop and its log.</param>
/// <param name="exports">What batches take from the log.</param>
/// <param name="clock">Its clock.</param>
/// <param name="scheduleNext">Called on the loop after what is due was looked at.</param>
internal sealed class RelaySide(LedgerChain chain, RelayExports exports, ClockGuard clock, Action<ChainCore> scheduleNext)
{
    private readonly ChannelWaiters _movements = new();
    private readonly ChannelWaiters _timeouts = new();

    public ValueTask<RelayPosition?> GetPositionAsync(uint channel, CancellationToken cancellation) =>
        chain.Read(core => RelayReads.Position(core, channel), false, cancellation);

    public ValueTask<RelayBatch?> ExportAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) =>
        FillAsync(core => RelayReads.Outline(core, channel, cursor), cancellation);

    public ValueTask<RelayBatch?> ExportPositionAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) =>
        FillAsync(core => RelayReads.OutlinePosition(core, channel, cursor), cancellation);

    public ValueTask<RelayBatch?> AwaitExportAsync(uint channel, RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) =>
        AwaitAsync(_movements, channel, stop => ExportAsync(channel, cursor, stop), waitMax, cancellation);

    public ValueTask<TimedOutPackets?> GetTimedOutAsync(uint channel, CancellationToken cancellation) =>
        chain.Read(
            core =>
            {
                var found = PacketTimeouts.Find(core, channel, clock.UnixMs);
                scheduleNext(core);
                return found;
            },
            false,
            cancellation);

    public ValueTask<TimedOutPackets?> AwaitTimedOutAsync(uint channel, TimeSpan waitMax, CancellationToken cancellation) =>
        AwaitAsync(_timeouts, channel, stop => GetTimedOutAsync(channel, stop), waitMax, cancellation);

    /// <summary>A commit moved the channel.</summary>
    public void Moved(uint channel) => _movements.Moved(channel);

    /// <summary>Packets of the channel may have timed out.</summary>
    public void TimedOut(uint channel) => _timeouts.Moved(channel);

    /// <summary>The chain has stopped: all who wait hear why.</summary>
    public void Fail(Exception fault)
    {
        _movements.Fail(fault);
        _timeouts.Fail(fault);
    }

    private async ValueTask<RelayBatch?> FillAsync(Func<ChainCore, RelayOutline?> outline, CancellationToken cancellation) =>
        await chain.OnLoop(outline, cancellation).ConfigureAwait(false) is { } taken
            ? await chain.FromLog(() => exports.Fill(taken), cancellation).ConfigureAwait(false)
            : null;

    private static async ValueTask<T?> AwaitAsync<T>(ChannelWaiters waiters, uint channel, Func<CancellationToken, ValueTask<T?>> look, TimeSpan waitMax, CancellationToken cancellation) where T : class
    {
        var end = Environment.TickCount64 + (long)waitMax.TotalMilliseconds;
        while (true)
        {
            var next = waiters.NextAsync(channel);
            var found = await look(cancellation).ConfigureAwait(false);
            var left = end - Environment.TickCount64;
            if (found is not null || left <= 0)
            {
                return found;
            }

            await next.WaitAsync(TimeSpan.FromMilliseconds(left), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
