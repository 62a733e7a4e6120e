using Microsoft.Extensions.Logging;

namespace Actors.Grains.Accounts;

internal static partial class AccountGrainLog
{
    [LoggerMessage(120, LogLevel.Debug, "What changed on {Account} could not be told yet")]
    public static partial void NotTold(this ILogger logger, Exception fault, string account);

    [LoggerMessage(121, LogLevel.Information, "Webhook {Webhook} failed {Failures} times in a row: {Reason}")]
    public static partial void WebhookFailed(this ILogger logger, string webhook, int failures, string reason);

    [LoggerMessage(122, LogLevel.Warning, "Webhook {Webhook} is told nothing more: it failed {Failures} times in a row, last: {Reason}")]
    public static partial void WebhookDisabled(this ILogger logger, string webhook, int failures, string reason);
}
