using Actors.Engine.Relays;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Hosting;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Gateway.Relays;

/// <summary>
/// What a relay in another process reads of one side of a channel. It brings what it read to the other side as an ordinary transaction without
/// signatures. Nothing is kept for it here but its open request.
/// </summary>
internal static class RelayEndpoints
{
    private const string Path = "/chains/{chain}/channels/{channel}/relay";

    public static void MapRelay(this RouteGroupBuilder v1)
    {
        v1.MapGet(Path + "/position", PositionAsync).WithName("GetRelayPosition").Needs(Need.ReadChain)
            .WithSummary("Where a channel stands on this side: the cursor from which the other side's export goes on.");
        v1.MapGet(Path + "/batch", BatchAsync).WithName("ExportRelayBatch").Needs(Need.ReadAll).BoundedApart()
            .Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary).Produces(StatusCodes.Status204NoContent).ProducesProblems(429)
            .WithSummary("What this side has for the other beyond a cursor, with the proofs; wait=N waits so many seconds at most for something.");
        v1.MapGet(Path + "/header", HeaderAsync).WithName("ExportRelayHeader").Needs(Need.ReadChain)
            .Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary).Produces(StatusCodes.Status204NoContent)
            .WithSummary("The newest header and where the channel stands in it, with the proofs.");
        v1.MapGet(Path + "/timed-out", TimedOutAsync).WithName("ListTimedOutPackets").Needs(Need.ReadChain).BoundedApart()
            .Produces<TimedOutJson>().Produces(StatusCodes.Status204NoContent).ProducesProblems(429)
            .WithSummary("Packets sent from here that have timed out and are not settled; wait=N waits so many seconds at most for some.");
    }

    private static async Task<Ok<RelayPositionJson>> PositionAsync(ChainRequest request, string channel)
    {
        var relayed = await RelayedChannel.FindAsync(request, channel);
        return TypedResults.Ok(RelayPositionJson.From(relayed.Number, relayed.Position));
    }

    private static async Task<IResult> BatchAsync(
        ChainRequest request, InFlightLimits limits, IHostApplicationLifetime lifetime, string channel, string? held, string? sealedSince, string? received, string? consumed, string? confirmed, string? wait)
    {
        using var lease = limits.RelayReads.Take();
        var cursor = RelayParameters.ParseCursor(held, sealedSince, received, consumed, confirmed);
        var waitMax = RelayParameters.ParseWait(wait);
        var relayed = await RelayedChannel.FindAsync(request, channel);
        using var waiting = new BoundedWait(request, lifetime);
        return Batch(request, await waiting.RunAsync(stop => relayed.AwaitExportAsync(cursor, waitMax, stop)));
    }

    private static async Task<IResult> HeaderAsync(ChainRequest request, string channel, string? held, string? sealedSince)
    {
        var cursor = RelayParameters.ParseCursor(held, sealedSince, null, null, null);
        var relayed = await RelayedChannel.FindAsync(request, channel);
        return Batch(request, await relayed.End.ExportPositionAsync(relayed.Number, cursor, request.Cancellation));
    }

    private static async Task<IResult> TimedOutAsync(ChainRequest request, InFlightLimits limits, IHostApplicationLifetime lifetime, string channel, string? wait)
    {
        using var lease = limits.RelayReads.Take();
        var waitMax = RelayParameters.ParseWait(wait);
        var relayed = await RelayedChannel.FindAsync(request, channel);
        using var waiting = new BoundedWait(request, lifetime);
        return await waiting.RunAsync(stop => relayed.AwaitTimedOutAsync(waitMax, stop)) is { } packets ? TypedResults.Ok(TimedOutJson.From(packets)) : TypedResults.NoContent();
    }

    private static IResult Batch(ChainRequest request, RelayBatch? batch) =>
        batch is null ? TypedResults.NoContent() : new BinaryFile(batch.Encode(), $"{request.Id}.batch");
}
