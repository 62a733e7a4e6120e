using Actors.Gateway.Hosting;
using Actors.Gateway.Problems;

namespace Actors.Gateway.Health;

/// <summary>
/// Three different questions. Startup: has the node opened? Ready: should it be sent requests now? Live: is the process worth keeping? A store
/// that is slow makes a node unready; killing the process for it would only add a recovery to the trouble.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan StoreWait = TimeSpan.FromSeconds(1);
    private static readonly HealthJson Fine = new("ok");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health");
        health.MapGet("/live", () => TypedResults.Ok(Fine)).WithName("IsLive").WithSummary("Whether the process answers at all; never touches the store.");
        health.MapGet("/startup", (NodeHost host) => host.Node is null ? null : TypedResults.Ok(Fine)).WithName("IsStarted").ProducesProblems(503)
            .WithSummary("Whether the node has opened its data folder.");
        health.MapGet("/ready", ReadyAsync).WithName("IsReady").Produces<HealthJson>().ProducesProblems(503).WithSummary("Whether the node should be sent requests now.");
    }

    private static async Task<IResult> ReadyAsync(NodeHost host, HttpContext context)
    {
        try
        {
            await host.NodeForIntake.ListChainsAsync(null, 1, context.RequestAborted).AsTask().WaitAsync(StoreWait, context.RequestAborted);
            return TypedResults.Ok(Fine);
        }
        catch (TimeoutException)
        {
            throw new NotReadyException($"the store did not answer within {StoreWait.TotalMilliseconds:0} ms");
        }
    }
}

internal sealed record HealthJson(string Status);
