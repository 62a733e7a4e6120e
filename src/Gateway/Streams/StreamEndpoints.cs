using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Hosting;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Gateway.Settings;
using Actors.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Streams;

internal static class StreamEndpoints
{
    public static void MapTransactionStream(this RouteGroupBuilder v1) =>
        v1.MapPost("/chains/{chain}/transactions/stream", StreamAsync).WithName("StreamTransactions").Needs(Need.Submit)
            .Accepts<string>(NdjsonItems.ContentType, EnvelopeItems.ContentType)
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(StreamLineJson), [NdjsonItems.ContentType]))
            .ProducesProblems(415, 429, 503)
            .WithSummary("Submits many transactions, many in flight; one result an item, in item order.");

    private static async Task StreamAsync(ChainRequest request, InFlightLimits limits, IOptions<GatewayOptions> options, GatewayMetrics metrics, IHostApplicationLifetime lifetime)
    {
        var context = request.Context;
        var items = ItemsOf(request);
        IResultFormat results = Accepts.Prefers(context.Request, BinaryResults.Type, NdjsonItems.ContentType) ? new BinaryResults() : new NdjsonResults();
        using var lease = limits.Streams.Take();
        Unbound(context);

        context.Response.ContentType = results.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.StartAsync(request.Cancellation);
        await context.Response.BodyWriter.FlushAsync(request.Cancellation);
        metrics.StreamOpened();
        try
        {
            using var stream = new TransactionStream(request.Chain, items, results, options.Value.Http, metrics);
            await stream.RunAsync(context.Request.BodyReader, context.Response.BodyWriter, lifetime.ApplicationStopping, request.Cancellation);
        }
        catch (OperationCanceledException) when (request.Cancellation.IsCancellationRequested)
        {
            // The client is gone; what it sent goes on, and is found by id.
        }
        finally
        {
            metrics.StreamClosed();
        }
    }

    private static IItemFormat ItemsOf(ChainRequest request) =>
        Accepts.Is(request.Context.Request, EnvelopeItems.ContentType) ? new EnvelopeItems()
        : Accepts.Is(request.Context.Request, NdjsonItems.ContentType) ? new NdjsonItems(request.Chain.Genesis)
        : throw new RefusedException(
            ProblemKind.UnsupportedMediaType,
            $"the content type is '{request.Context.Request.ContentType}', expected {NdjsonItems.ContentType} or {EnvelopeItems.ContentType}");

    /// <summary>Each item is bounded, and idleness; their number and pace are the client's.</summary>
    private static void Unbound(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
