using Actors.Grains.Faults;
using Actors.Grains.Webhooks;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Actors.Grains.Accounts;

/// <summary>
/// Who is to be told of an account's changes, and how far each was. Woken as often as anybody likes, it looks at the chain, tells what is new, and looks again only if it was
/// woken meanwhile. Runs in the grain's turns.
/// </summary>
internal sealed class AccountWatch(
    IPersistentState<WatchedAccount> kept, ChangeReader changes, WebhookSender sender, WebhookOptions options, ILogger logger, CancellationToken leaving)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);
    private readonly ObserverManager<IAccountObserver> _observers = new(IAccountGrain.ObserverLife, logger);
    private readonly SemaphoreSlim _keeping = new(1);
    private WebhookDelivery? _delivery;
    private ulong _observersToldThrough;
    private bool _isTelling;
    private bool _wasWoken;

    public bool HasSomebody => kept.State.Webhooks.Count > 0 || _observers.Count > 0;

    /// <summary>Tells the observer of what comes from now on, and one that is told already for longer.</summary>
    /// <exception cref="LedgerFaultException">There are as many others as there may be.</exception>
    public async Task SubscribeAsync(IAccountObserver observer)
    {
        _observers.ClearExpired();
        if (_observers.Count == 0)
        {
            var height = await changes.ReadHeightAsync();

            // Turns interleave: another one may have come meanwhile, and been told something.
            _observersToldThrough = _observers.Count == 0 ? height : _observersToldThrough;
        }

        if (_observers.Count >= IAccountGrain.ObserversMax && !_observers.Observers.ContainsKey(observer))
        {
            throw FaultWire.BadRequest($"an account has at most {IAccountGrain.ObserversMax} observers");
        }

        _observers.Subscribe(observer, observer);
    }

    public void Unsubscribe(IAccountObserver observer) => _observers.Unsubscribe(observer);

    /// <summary>One telling at a time; what wakes it meanwhile makes it look once more.</summary>
    public void Wake()
    {
        _wasWoken = true;
        if (!_isTelling)
        {
            _isTelling = true;
            _ = TellUntilDoneAsync();
        }
    }

    /// <summary>Writes what is kept; turns interleave, and storage takes one write at a time.</summary>
    public async Task KeepAsync()
    {
        await _keeping.WaitAsync(CancellationToken.None);
        try
        {
            await kept.WriteStateAsync(CancellationToken.None);
        }
        finally
        {
            _keeping.Release();
        }
    }

    private async Task TellUntilDoneAsync()
    {
        try
        {
            while (_wasWoken && !leaving.IsCancellationRequested)
            {
                _wasWoken = false;
                await TellAsync();
                await Task.Delay(LookAgainAfter, leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
        catch (Exception fault) when (fault is LedgerFaultException or OrleansException or TimeoutException or OperationCanceledException)
        {
            // The next block, or the reminder, makes it look again; what was not told is told then.
            logger.NotTold(fault, changes.Account);
        }
        finally
        {
            _isTelling = false;
        }
    }

    private async Task TellAsync()
    {
        var webhooks = kept.State.Webhooks.Where(webhook => !webhook.IsDisabled).ToArray();
        var hasObservers = _observers.Count > 0;
        if (webhooks.Length == 0 && !hasObservers)
        {
            return;
        }

        var from = webhooks.Select(webhook => webhook.ToldThrough).Concat(hasObservers ? [_observersToldThrough] : []).Min();
        var found = await changes.ReadAfterAsync(from);
        _delivery ??= new WebhookDelivery(sender, options, KeepAsync, Wake, logger);
        await Task.WhenAll(webhooks.Select(webhook => _delivery.DeliverAsync(webhook, found, leaving)).Append(TellObserversAsync(found)));
        _wasWoken |= !found.IsAll && webhooks.All(webhook => webhook.Failures == 0);
    }

    private async Task TellObserversAsync(Changes found)
    {
        foreach (var change in found.News.Where(change => change.Height > _observersToldThrough))
        {
            await _observers.Notify(observer => observer.ChangedAsync(change));
        }

        _observersToldThrough = Math.Max(_observersToldThrough, found.Through);
    }
}
