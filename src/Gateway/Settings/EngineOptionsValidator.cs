using Microsoft.Extensions.Options;

namespace Actors.Gateway.Settings;

internal sealed class EngineOptionsValidator : IValidateOptions<GatewayOptions>
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long TiB = 1L << 40;

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var engine = options.Engine;
        var ranges = new Ranges("Actors:Engine");
        ranges.Require(nameof(engine.InFlightMax), engine.InFlightMax, 1, 10_000_000);
        ranges.Require(nameof(engine.InFlightBytesMax), engine.InFlightBytesMax, MiB, TiB);
        ranges.Require(nameof(engine.PageCacheBytesMax), engine.PageCacheBytesMax, MiB, TiB);
        ranges.Require(nameof(engine.SnapshotLogBytes), engine.SnapshotLogBytes, 4 * KiB, TiB);
        ranges.Require(nameof(engine.SnapshotDirtyBytes), engine.SnapshotDirtyBytes, 4 * KiB, TiB);
        ranges.Require(nameof(engine.KeyCacheMax), engine.KeyCacheMax, 1, 100_000_000);
        ranges.Require(nameof(engine.VerifyWorkersMax), engine.VerifyWorkersMax, 1, 1_024);
        return ranges.ToResult();
    }
}
