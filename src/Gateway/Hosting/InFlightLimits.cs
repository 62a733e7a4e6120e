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

    public InFlightLimit RelayReads { get; } = new(options.Value.Http.RelayReadsMax, "requests of relays are open");
}

/// <summary>Marks routes whose requests last long and have a bound of their own.</summary>
internal sealed record BoundedApartMetadata;

internal static class BoundedApartConventions
{
    public static TBuilder BoundedApart<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new BoundedApartMetadata()));
        return builder;
    }
}

/// <summary>Counts every request under /v1 while it is worked on, but those that are bounded apart.</summary>
internal sealed class RequestCount(RequestDelegate next, InFlightLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/v1") || context.GetEndpoint()?.Metadata.GetMetadata<BoundedApartMetadata>() is not null)
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
