using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>What many clients together may hold.</summary>
internal sealed class InFlightLimits(IOptions<GatewayOptions> options)
{
    public InFlightLimit Requests { get; } = new(options.Value.Http.RequestsInFlightMax, "requests are being worked on");

    public InFlightLimit IntakeBytes { get; } = new(options.Value.Http.IntakeBytesMax, "bytes of requests are being worked on");

    public InFlightLimit Streams { get; } = new(options.Value.Http.StreamsMax, "transaction streams are open");

    public InFlightLimit EventStreams { get; } = new(options.Value.Http.EventStreamsMax, "event streams are open");
}

/// <summary>Counts every request under /v1 while it is worked on.</summary>
internal sealed class RequestCount(RequestDelegate next, InFlightLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Event streams last for hours and have a bound of their own.
        if (!context.Request.Path.StartsWithSegments("/v1") || context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        using (limits.Requests.Take())
        {
            await next(context);
        }
    }
}
