using Actors.Engine;
using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Grains.Calls;
using Actors.Grains.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Actors.Grains.Due;

/// <summary>
/// Wakes chains that are due, page by page out of an index, a few at a time. A chain that cannot be woken now is due the next time too. More than fit in one round
/// are left to the next one, which goes on where this one stopped.
/// </summary>
[Reentrant]
internal sealed class DueGrain(ChainHost host, IOptions<DueOptions> options, ILogger<DueGrain> logger) : Grain, IDueGrain, IRemindable
{
    private const string Reminder = "due";
    private const int PageMax = 256;
    private const int PagesPerRoundMax = 16;
    private const int WakingMax = 16;
    private DueChain? _after;
    private bool _isLooking;

    public async Task StartAsync() => await this.RegisterOrUpdateReminder(Reminder, options.Value.Every, options.Value.Every);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_isLooking)
        {
            return;
        }

        _isLooking = true;
        try
        {
            await LookAsync();
        }
        catch (EngineFaultException fault)
        {
            logger.NotLooked(fault);
        }
        finally
        {
            _isLooking = false;
        }
    }

    private async Task LookAsync()
    {
        var (woken, failed) = (0, 0);
        for (var pages = 0; pages < PagesPerRoundMax; pages++)
        {
            var after = _after;
            var page = await Task.Run(() => host.ListDue(after, PageMax));
            foreach (var chains in page.Chunk(WakingMax))
            {
                var fates = await Task.WhenAll(chains.Select(chain => TryWakeAsync(chain.ChainId)));
                woken += fates.Count(isWoken => isWoken);
                failed += fates.Count(isWoken => !isWoken);
            }

            if (page.Count < PageMax)
            {
                _after = null;
                break;
            }

            _after = page[^1];
        }

        if (woken + failed > 0)
        {
            logger.Woken(woken, failed);
        }
    }

    private async Task<bool> TryWakeAsync(string chain)
    {
        try
        {
            await GrainFactory.GetGrain<IRelayGrain>(chain).WakeAsync();
            return true;
        }
        catch (Exception fault) when (CallFaults.OfRead(fault) is not null)
        {
            logger.NotWoken(fault, chain);
            return false;
        }
    }
}
