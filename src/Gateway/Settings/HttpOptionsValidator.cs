using Microsoft.Extensions.Options;

namespace Actors.Gateway.Settings;

internal sealed class HttpOptionsValidator : IValidateOptions<GatewayOptions>
{
    private const int DayMs = 24 * 60 * 60 * 1000;

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var http = options.Http;
        var failures = new List<string>();
        Require(nameof(http.ConnectionsMax), http.ConnectionsMax, 1, 1_000_000);
        Require(nameof(http.RequestsInFlightMax), http.RequestsInFlightMax, 1, 1_000_000);
        Require(nameof(http.IntakeBytesMax), http.IntakeBytesMax, 1 << 20, 1L << 40);
        Require(nameof(http.HeadersTimeoutMs), http.HeadersTimeoutMs, 1_000, DayMs);
        Require(nameof(http.SlowClientBytesPerSecondMin), http.SlowClientBytesPerSecondMin, 1, 1 << 30);
        Require(nameof(http.SlowClientGraceMs), http.SlowClientGraceMs, 1_001, DayMs);
        Require(nameof(http.CommitWaitMs), http.CommitWaitMs, 1, DayMs);
        Require(nameof(http.StreamsMax), http.StreamsMax, 0, 1_000_000);
        Require(nameof(http.StreamInFlightMax), http.StreamInFlightMax, 1, 1_000_000);
        Require(nameof(http.StreamInFlightBytesMax), http.StreamInFlightBytesMax, 1, 1 << 30);
        Require(nameof(http.StreamIdleMs), http.StreamIdleMs, 100, DayMs);
        Require(nameof(http.EventStreamsMax), http.EventStreamsMax, 0, 1_000_000);
        Require(nameof(http.EventHeartbeatMs), http.EventHeartbeatMs, 100, DayMs);
        Require(nameof(http.DrainMs), http.DrainMs, 0, DayMs);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(string setting, long value, long min, long max)
        {
            if (value < min || value > max)
            {
                failures.Add($"Actors:Http:{setting} is {value}, expected {min} to {max}");
            }
        }
    }
}
