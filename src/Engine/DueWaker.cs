using System.Collections.Concurrent;
using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Engine.Telemetry;

namespace Actors.Engine;

/// <summary>
/// Has a node open the chains that have something due, at the start and then every so often: pendings expire and packets are settled though nobody calls their
/// chain. Page by page and a few at a time; more than fit in one round are left to the next one, which goes on where this one stopped.
/// </summary>
/// <remarks>
/// It looks as far ahead as its next look is away, so a chain is open before what it has to do is due, and does that on time. A chain that cannot be opened is
/// tried again after as many rounds as it has failed, because each try may replay much.
/// </remarks>
internal sealed class DueWaker : IAsyncDisposable
{
    private const int PageMax = 256;
    private const int PagesPerRoundMax = 16;
    private const int WakingMax = 4;
    private const int SkippedRoundsMax = 60;
    private readonly ChainHost _host;
    private readonly Func<DueChain, CancellationToken, Task> _wake;
    private readonly LedgerNodeOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, (int Failures, long NotBeforeRound)> _failed = [];
    private readonly Task _looking;
    private DueChain? _after;
    private long _round;

    /// <param name="host">Says what is due.</param>
    /// <param name="wake">Wakes a chain, or leaves it alone.</param>
    /// <param name="options">How often, and who is told of failures.</param>
    public DueWaker(ChainHost host, Func<DueChain, CancellationToken, Task> wake, LedgerNodeOptions options)
    {
        (_host, _wake, _options) = (host, wake, options);
        _looking = Task.Run(LookAgainAndAgainAsync);
    }

    /// <summary>On return nothing is being woken any more. A node is stopped by its host and then disposed with it, so this may be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
    }

    private async Task LookAgainAndAgainAsync()
    {
        using var timer = new PeriodicTimer(_options.DueEvery);
        try
        {
            do
            {
                await LookAsync().ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task LookAsync()
    {
        _round++;
        for (var pages = 0; pages < PagesPerRoundMax; pages++)
        {
            IReadOnlyList<DueChain> page;
            try
            {
                page = _host.ListDue(_after, PageMax, _options.DueEvery);
            }
            catch (EngineFaultException fault)
            {
                _options.NotWoken?.Invoke(null, fault);
                return;
            }

            await Parallel.ForEachAsync(page, new ParallelOptions { MaxDegreeOfParallelism = WakingMax, CancellationToken = _stop.Token }, TryWakeAsync).ConfigureAwait(false);
            if (page.Count < PageMax)
            {
                _after = null;
                return;
            }

            _after = page[^1];
        }
    }

    private async ValueTask TryWakeAsync(DueChain due, CancellationToken cancellation)
    {
        var (failures, notBefore) = _failed.GetValueOrDefault(due.ChainId);
        if (_round < notBefore)
        {
            return;
        }

        try
        {
            await _wake(due, cancellation).ConfigureAwait(false);
            _failed.TryRemove(due.ChainId, out _);
        }
        catch (EngineFaultException fault) when (!_stop.IsCancellationRequested)
        {
            failures = Math.Min(failures + 1, SkippedRoundsMax);
            _failed[due.ChainId] = (failures, _round + failures);
            EngineMetrics.NotWoken();
            _options.NotWoken?.Invoke(due.ChainId, fault);
        }
        catch (EngineFaultException)
        {
            // The node is stopping.
        }
    }
}
