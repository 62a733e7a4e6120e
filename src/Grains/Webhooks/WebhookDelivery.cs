using Actors.Grains.Accounts;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Webhooks;

/// <summary>
/// Tells one webhook after the other change, in order, at least once. A failure ends the round: the next is after a pause that doubles, and after too many in a row the
/// webhook is told nothing more, so that nobody's dead server is called for ever.
/// </summary>
internal sealed class WebhookDelivery(WebhookSender sender, WebhookOptions options, Func<Task> keep, Action wake, ILogger logger)
{
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(30);
    private readonly HashSet<string> _pausing = [];

    public async Task DeliverAsync(WebhookRecord webhook, Changes changes, CancellationToken leaving)
    {
        // A busy account is woken many times a second; that must not use up the tries of a receiver that is down for a moment.
        if (_pausing.Contains(webhook.Id))
        {
            return;
        }

        var told = webhook.ToldThrough;
        foreach (var change in changes.News.Where(change => change.Height > told))
        {
            if (await sender.TrySendAsync(webhook, change, leaving) is { } failure)
            {
                await FailAsync(webhook, failure);
                if (!webhook.IsDisabled)
                {
                    _ = PauseAsync(webhook, leaving);
                }

                return;
            }

            (webhook.ToldThrough, webhook.Failures) = (change.Height, 0);
            await keep();
        }

        // Not written: after a restart the chain is asked again, and has nothing to tell.
        webhook.ToldThrough = Math.Max(webhook.ToldThrough, changes.Through);
    }

    private async Task FailAsync(WebhookRecord webhook, string failure)
    {
        webhook.Failures++;
        webhook.IsDisabled = webhook.Failures >= options.FailuresMax;
        if (webhook.IsDisabled)
        {
            logger.WebhookDisabled(webhook.Id, webhook.Failures, failure);
        }
        else
        {
            logger.WebhookFailed(webhook.Id, webhook.Failures, failure);
        }

        await keep();
    }

    private async Task PauseAsync(WebhookRecord webhook, CancellationToken leaving)
    {
        _pausing.Add(webhook.Id);
        var pause = TimeSpan.FromMilliseconds(Math.Min(options.RetryMs * Math.Pow(2, webhook.Failures - 1), PauseMax.TotalMilliseconds));
        await Task.Delay(pause, leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _pausing.Remove(webhook.Id);
        if (!leaving.IsCancellationRequested)
        {
            wake();
        }
    }
}
