using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Gateway.Blocks;

internal static class BlockEndpoints
{
    public static void MapBlocks(this RouteGroupBuilder v1)
    {
        v1.MapGet("/chains/{chain}/blocks/{height}", BlockAsync).WithName("GetBlock").Needs(Need.ReadAll).Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary)
            .WithSummary("A block's bytes: header, seal and body.");
        v1.MapGet("/chains/{chain}/headers/{height}", HeaderAsync).WithName("GetHeader").Needs(Need.ReadChain)
            .Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary).Produces<HeaderJson>()
            .WithSummary("A header's bytes and its seal; as JSON a rendering for people.");
        v1.MapGet("/chains/{chain}/headers/{height}/history-proof", HistoryAsync).WithName("ProveHistory").Needs(Need.ReadChain)
            .WithSummary("That a header is in the history root of another.");
    }

    private static async Task<BinaryFile> BlockAsync(ChainRequest request, string height)
    {
        var at = TextForms.Height.Parse(height, "height");
        var bytes = await request.Chain.GetBlockAsync(at, request.Cancellation) ?? throw NotFound(request, at);
        return new BinaryFile(bytes, $"{request.Id}.{at}.block");
    }

    private static async Task<IResult> HeaderAsync(ChainRequest request, string height)
    {
        var at = TextForms.Height.Parse(height, "height");
        var bytes = await request.Chain.GetSignedHeaderAsync(at, request.Cancellation) ?? throw NotFound(request, at);
        if (!Accepts.Prefers(request.Context.Request, Accepts.Json, Accepts.Binary))
        {
            return new BinaryFile(bytes, $"{request.Id}.{at}.header");
        }

        var signed = SignedHeader.Decode(bytes.Span);
        return TypedResults.Ok(HeaderJson.From(signed.Header, signed.Hash, signed.Seal));
    }

    private static async Task<Ok<HistoryProofJson>> HistoryAsync(ChainRequest request, string height, string? size)
    {
        var at = TextForms.Height.Parse(height, "height");
        var head = TextForms.Height.Parse(size ?? "", "size");
        return await request.Chain.ProveHistoryAsync(at, head, request.Cancellation) is { } proof
            ? TypedResults.Ok(HistoryProofJson.From(proof))
            : throw new RefusedException(ProblemKind.BlockNotFound, $"chain '{request.Id}' has no header {head} with header {at} in its history");
    }

    private static RefusedException NotFound(ChainRequest request, Height height) => new(ProblemKind.BlockNotFound, $"chain '{request.Id}' has no block {height}");
}
