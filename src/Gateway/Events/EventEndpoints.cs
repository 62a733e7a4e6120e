using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Hosting;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Gateway.Settings;
using Actors.Gateway.Telemetry;
using Actors.Ledger;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Events;

internal static class EventEndpoints
{
    public static void MapEvents(this RouteGroupBuilder v1) =>
        v1.MapGet("/chains/{chain}/events", StreamAsync).WithName("StreamEvents").Needs(Need.ReadChain).BoundedApart().Produces<string>(StatusCodes.Status200OK, EventStream.ContentType).ProducesProblems(429)
            .WithSummary("Server-sent events, one a block; Last-Event-ID resumes after that height.");

    private static async Task StreamAsync(ChainRequest request, InFlightLimits limits, IOptions<GatewayOptions> options, GatewayMetrics metrics, IHostApplicationLifetime lifetime, string? after)
    {
        using var lease = limits.EventStreams.Take();
        var start = await StartAsync(request, after);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Cancellation, lifetime.ApplicationStopping);
        metrics.EventStreamOpened();
        try
        {
            var stream = new EventStream(request.Chain, request.Context.Response, TimeSpan.FromMilliseconds(options.Value.Http.EventHeartbeatMs));
            await stream.RunAsync(start, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client is gone or the node stops; whoever wants to goes on from the last id.
        }
        finally
        {
            metrics.EventStreamClosed();
        }
    }

    private static async ValueTask<Height> StartAsync(ChainRequest request, string? after)
    {
        var head = (await request.Chain.GetStatusAsync(current: false, request.Cancellation)).Height;
        var last = request.Context.Request.Headers["Last-Event-ID"];
        var start = last.Count > 0 ? TextForms.Height.Parse(last.ToString(), "Last-Event-ID") : TextForms.Height.ParseOptional(after, "after") ?? head;
        return start <= head ? start : throw new RefusedException(ProblemKind.BadParameter, $"events after {start} are asked for, the head is {head}");
    }
}
