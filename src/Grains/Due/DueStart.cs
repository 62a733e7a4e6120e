using Actors.Engine;
using Actors.Grains.Calls;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Due;

/// <summary>Has the cluster's reminder registered once this silo is in it, however long the database takes.</summary>
internal sealed class DueStart(ChainHost host, IGrainFactory grains, ILogger<DueStart> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (host.KeepsDue && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IDueGrain>(IDueGrain.Key).StartAsync().WaitAsync(stoppingToken);
                return;
            }
            catch (Exception fault) when (fault is OperationCanceledException && stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (CallFaults.OfRead(fault) is not null || fault is System.Data.Common.DbException)
            {
                logger.NotRegistered(fault);
            }

            await Task.Delay(RetryAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
