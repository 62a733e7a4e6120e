using Actors.Gateway.Settings;
using Actors.Grains.Webhooks;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Settings;

internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var ranges = new Ranges(WebhookOptions.Section);
        ranges.Require(nameof(options.TimeoutMs), options.TimeoutMs, 100, 60_000);
        ranges.Require(nameof(options.InFlightMax), options.InFlightMax, 1, 10_000);
        ranges.Require(nameof(options.FailuresMax), options.FailuresMax, 1, 100);
        ranges.Require(nameof(options.RetryMs), options.RetryMs, 1, 1_800_000);
        return ranges.ToResult();
    }
}
