using Actors.Engine;
using Actors.Engine.Faults;
using Actors.Ledger;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Actors.Grains.Chains;

/// <summary>
/// Puts a chain's newest height on its stream: at most one message under way and at most one in <see cref="Pause"/>, however many blocks there are, and none
/// while there are none. That it fails is of no concern to the chain.
/// </summary>
internal sealed class BlockAnnouncer(IStreamProvider streams, string chain, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly IAsyncStream<BlockNews> _stream = streams.GetStream<BlockNews>(StreamId.Create(BlockNews.StreamNamespace, chain));

    public async Task RunAsync(IHostedChain from, CancellationToken leaving)
    {
        try
        {
            for (var told = (await from.GetStatusAsync(current: false, leaving)).Height; !leaving.IsCancellationRequested;)
            {
                told = await from.WaitForBlockAsync(told, leaving);
                await AnnounceAsync(told);
                await Task.Delay(Pause, leaving);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or EngineFaultException)
        {
            // The chain is served here no more.
        }
    }

    private async Task AnnounceAsync(Height height)
    {
        try
        {
            await _stream.OnNextAsync(new BlockNews(height.Value));
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or InvalidOperationException)
        {
            logger.NotAnnounced(fault, chain);
        }
    }
}
