using Actors.Grains.Accounts;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Webhooks;

/// <summary>
/// Tells one webhook after the other change, in order, at least once. A failure ends the round: the next is after a pause that doubles, and after too many in a row the
/// webhook is told nothing more, so that nobody's dead server is called for ever.
/// </summary>
internal sealed class WebhookDelivery(WebhookSender sender, WebhookOptions options, Func<Task> keep, ILogger logger)
{
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(30);

    public async Task DeliverAsync(WebhookRecord webhook, IReadOnlyList<AccountChange> changes, ulong through, Action wake, CancellationToken leaving)
    {
        var told = webhook.ToldThrough;
        foreach (var change in changes.Where(change => change.Height > told))
        {
            if (await sender.TrySendAsync(webhook, change, leaving) is { } failure)
            {
                await FailAsync(webhook, failure);
                if (!webhook.IsDisabled)
                {
                    _ = WakeLaterAsync(webhook.Failures, wake, leaving);
                }

                return;
            }

            (webhook.ToldThrough, webhook.Failures) = (change.Height, 0);
            await keep();
        }

        // Not written: after a restart the chain is asked again, and has nothing to tell.
        webhook.ToldThrough = Math.Max(webhook.ToldThrough, through);
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

    private async Task WakeLaterAsync(int failures, Action wake, CancellationToken leaving)
    {
        var pause = TimeSpan.FromMilliseconds(Math.Min(options.RetryMs * Math.Pow(2, failures - 1), PauseMax.TotalMilliseconds));
        await Task.Delay(pause, leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!leaving.IsCancellationRequested)
        {
            wake();
        }
    }
}
