using Microsoft.Extensions.Options;

namespace Actors.Gateway.Settings;

internal sealed class HttpOptionsValidator : IValidateOptions<GatewayOptions>
{
    private const int DayMs = 24 * 60 * 60 * 1000;

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var http = options.Http;
        var ranges = new Ranges("Actors:Http");
        ranges.Require(nameof(http.ConnectionsMax), http.ConnectionsMax, 1, 1_000_000);
        ranges.Require(nameof(http.RequestsInFlightMax), http.RequestsInFlightMax, 1, 1_000_000);
        ranges.Require(nameof(http.IntakeBytesMax), http.IntakeBytesMax, 1 << 20, 1L << 40);
        ranges.Require(nameof(http.HeadersTimeoutMs), http.HeadersTimeoutMs, 1_000, DayMs);
        ranges.Require(nameof(http.SlowClientBytesPerSecondMin), http.SlowClientBytesPerSecondMin, 1, 1 << 30);
        ranges.Require(nameof(http.SlowClientGraceMs), http.SlowClientGraceMs, 1_001, DayMs);
        ranges.Require(nameof(http.CommitWaitMs), http.CommitWaitMs, 1, DayMs);
        ranges.Require(nameof(http.StreamsMax), http.StreamsMax, 0, 1_000_000);
        ranges.Require(nameof(http.StreamInFlightMax), http.StreamInFlightMax, 1, 1_000_000);
        ranges.Require(nameof(http.StreamInFlightBytesMax), http.StreamInFlightBytesMax, 1, 1 << 30);
        ranges.Require(nameof(http.StreamIdleMs), http.StreamIdleMs, 100, DayMs);
        ranges.Require(nameof(http.EventStreamsMax), http.EventStreamsMax, 0, 1_000_000);
        ranges.Require(nameof(http.EventHeartbeatMs), http.EventHeartbeatMs, 100, DayMs);
        ranges.Require(nameof(http.RelayReadsMax), http.RelayReadsMax, 0, 1_000_000);
        ranges.Require(nameof(http.StopNoticeMs), http.StopNoticeMs, 0, DayMs);
        ranges.Require(nameof(http.DrainMs), http.DrainMs, 0, DayMs);
        return ranges.ToResult();
    }
}
