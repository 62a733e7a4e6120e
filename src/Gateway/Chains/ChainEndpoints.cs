using Actors.Gateway.Access;
using Actors.Gateway.Hosting;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Ledger;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Gateway.Chains;

internal static class ChainEndpoints
{
    private const int PageMax = 1_000;
    private const int PageDefault = 100;

    public static void MapChains(this RouteGroupBuilder v1)
    {
        v1.MapPost("/chains", CreateAsync).WithName("CreateChain").Needs(Need.Admin).Accepts<ChainCreationJson>(Accepts.Json).Produces<ChainJson>(StatusCodes.Status201Created)
            .WithSummary("Creates a chain with a new sealing key that this node keeps.");
        v1.MapGet("/chains", ListAsync).WithName("ListChains").Needs(Need.Caller).WithSummary("Lists chains by id, a page at a time.");
        v1.MapGet("/chains/{chain}", ShowAsync).WithName("ShowChain").Needs(Need.Chain).WithSummary("What a chain's genesis says and where it stands.");
        v1.MapGet("/chains/{chain}/genesis", Genesis).WithName("GetGenesis").Needs(Need.Chain).Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary)
            .WithSummary("The genesis document, binary.");
    }

    private static async Task<Created<ChainJson>> CreateAsync(HttpContext context, NodeHost host, InFlightLimits limits)
    {
        var creation = (await JsonBody.ReadAsync<ChainCreationJson>(context, limits)).ToCreation();
        var node = host.NodeForIntake;
        if (await node.FindChainAsync(creation.ChainId, context.RequestAborted) is not null)
        {
            throw Exists(creation.ChainId);
        }

        var chain = await node.CreateChainAsync(creation, context.RequestAborted);
        var status = await chain.GetStatusAsync(current: false, context.RequestAborted);
        return TypedResults.Created($"/v1/chains/{creation.ChainId}", ChainJson.From(chain.Genesis, status));
    }

    private static async Task<Ok<ChainListJson>> ListAsync(HttpContext context, NodeHost host, string? after, string? limit)
    {
        var caller = context.Features.GetRequiredFeature<Caller>();
        var count = Parameters.ParseCount(limit, PageDefault, 1, PageMax, "limit");
        var from = TextForms.Chain.ParseOptional(after, "after");
        var chains = caller.ReadsAll
            ? await host.Node.ListChainsAsync(from, count, context.RequestAborted)
            : [.. caller.Own.Keys.Where(c => from is null || string.CompareOrdinal(c.Value, from.Value.Value) > 0).OrderBy(c => c.Value, StringComparer.Ordinal).Take(count)];
        return TypedResults.Ok(new ChainListJson(chains, chains.Count == count ? chains[^1] : null));
    }

    private static async Task<Ok<ChainJson>> ShowAsync(ChainRequest request, string? current)
    {
        var status = await request.Chain.GetStatusAsync(Parameters.ParseFlag(current, "current"), request.Cancellation);
        return TypedResults.Ok(ChainJson.From(request.Chain.Genesis, status));
    }

    private static BinaryFile Genesis(ChainRequest request) => new(request.Chain.Genesis.Encoded, $"{request.Id}.genesis");

    private static RefusedException Exists(ChainId id) => new(ProblemKind.ChainExists, $"there is a chain '{id}' already");
}
