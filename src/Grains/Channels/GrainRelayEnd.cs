using Actors.Engine.Faults;
using Actors.Engine.Relays;
using Actors.Engine.Views;
using Actors.Grains.Calls;
using Actors.Grains.Submissions;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Wire;

namespace Actors.Grains.Channels;

/// <summary>One side of a channel whose chain some silo of the cluster runs.</summary>
internal sealed class GrainRelayEnd(Genesis genesis, IChainGrain chain, IRelayGrain relay) : IWaitingRelayEnd
{
    public Genesis Genesis => genesis;

    /// <summary>Straight to the chain: what a relay brings has no signatures that somebody else could check before.</summary>
    public async ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        try
        {
            var answers = await chain.SubmitAsync(EnvelopeBatch.Of([envelope])).WaitAsync(cancellation).ConfigureAwait(false);
            return SubmissionWire.Result(answers[0]);
        }
        catch (Exception fault) when (fault is not EngineFaultException && CallFaults.OfSubmission(fault) is { } told)
        {
            throw told;
        }
    }

    public async ValueTask<RelayPosition?> GetRelayPositionAsync(uint channel, CancellationToken cancellation) =>
        await AskAsync(grain => grain.GetPositionAsync(channel), cancellation).ConfigureAwait(false) is { } answer ? RelayWire.Position(answer) : null;

    public ValueTask<RelayBatch?> ExportAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) =>
        AwaitExportAsync(channel, cursor, TimeSpan.Zero, cancellation);

    public async ValueTask<RelayBatch?> AwaitExportAsync(uint channel, RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) =>
        Batch(await AwaitAsync((grain, wait) => grain.ExportAsync(channel, RelayWire.Answer(cursor), wait), waitMax, cancellation).ConfigureAwait(false));

    public ValueTask<TimedOutPackets?> GetTimedOutAsync(uint channel, CancellationToken cancellation) =>
        AwaitTimedOutAsync(channel, TimeSpan.Zero, cancellation);

    public async ValueTask<TimedOutPackets?> AwaitTimedOutAsync(uint channel, TimeSpan waitMax, CancellationToken cancellation) =>
        await AwaitAsync((grain, wait) => grain.GetTimedOutAsync(channel, wait), waitMax, cancellation).ConfigureAwait(false) is { } answer ? RelayWire.TimedOut(answer) : null;

    public async ValueTask<RelayBatch?> ExportPositionAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) =>
        Batch(await AskAsync(grain => grain.ExportPositionAsync(channel, RelayWire.Answer(cursor)), cancellation).ConfigureAwait(false));

    public async ValueTask<bool> SealAsync(Timestamp time, CancellationToken cancellation) =>
        await AskAsync(grain => grain.SealAsync(time.Ms), cancellation).ConfigureAwait(false);

    private static RelayBatch? Batch(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : RelayBatch.Decode(bytes);
        }
        catch (MalformedException malformed)
        {
            // Silos of two versions, while one replaces the other.
            throw new UnreachableException($"the chain's silo does not speak as this one does: {malformed.Message}", malformed);
        }
    }

    /// <summary>In calls of at most <see cref="IRelayGrain.WaitMax"/>, so that none is taken for lost.</summary>
    private async Task<T?> AwaitAsync<T>(Func<IRelayGrain, TimeSpan, Task<T?>> ask, TimeSpan waitMax, CancellationToken cancellation) where T : class
    {
        for (var end = Environment.TickCount64 + (long)waitMax.TotalMilliseconds; ;)
        {
            var left = TimeSpan.FromMilliseconds(Math.Max(0, end - Environment.TickCount64));
            var found = await AskAsync(grain => ask(grain, left), cancellation).ConfigureAwait(false);
            if (found is not null || left <= IRelayGrain.WaitMax)
            {
                return found;
            }
        }
    }

    private async Task<T> AskAsync<T>(Func<IRelayGrain, Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask(relay).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not EngineFaultException && CallFaults.OfRead(fault) is { } told)
        {
            throw told;
        }
    }
}
