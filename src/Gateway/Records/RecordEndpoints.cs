using Actors.Engine.Views;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Gateway.Records;

internal static class RecordEndpoints
{
    public static void MapRecords(this RouteGroupBuilder v1)
    {
        v1.MapGet("/chains/{chain}/keysets/{number}", KeysetAsync).WithName("ShowKeyset").Needs(Need.ReadConcerned).WithSummary("A keyset.");
        v1.MapGet("/chains/{chain}/assets/{number}", AssetAsync).WithName("ShowAsset").Needs(Need.ReadChain).WithSummary("An asset.");
        v1.MapGet("/chains/{chain}/pendings/{number}", PendingAsync).WithName("ShowPending").Needs(Need.ReadConcerned).WithSummary("A pending.");
    }

    private static async Task<Ok<KeysetViewJson>> KeysetAsync(ChainRequest request, string number, string? current)
    {
        var keyset = TextForms.Keyset.Parse(number, "number");
        request.Caller.RequireReads(request.Id, keyset);
        return await request.Chain.GetKeysetAsync(keyset, Parameters.ParseFlag(current, "current"), request.Cancellation) is { } view
            ? TypedResults.Ok(KeysetViewJson.From(view))
            : throw new RefusedException(ProblemKind.KeysetNotFound, $"chain '{request.Id}' has no keyset {keyset}");
    }

    private static async Task<Ok<AssetViewJson>> AssetAsync(ChainRequest request, string number, string? current)
    {
        var asset = TextForms.Asset.Parse(number, "number");
        return await request.Chain.GetAssetAsync(asset, Parameters.ParseFlag(current, "current"), request.Cancellation) is { } view
            ? TypedResults.Ok(AssetViewJson.From(view))
            : throw new RefusedException(ProblemKind.AssetNotFound, $"chain '{request.Id}' has no asset {asset}");
    }

    private static async Task<Ok<PendingViewJson>> PendingAsync(ChainRequest request, string number, string? current)
    {
        var pending = TextForms.Pending.Parse(number, "number");
        var view = await request.Chain.GetPendingAsync(pending, Parameters.ParseFlag(current, "current"), request.Cancellation);
        if (!request.Caller.ReadsAll)
        {
            request.Caller.RequireReads(request.Id, [.. await PartiesAsync(request, view)]);
        }

        return view is null
            ? throw new RefusedException(ProblemKind.PendingNotFound, $"chain '{request.Id}' has no pending {pending}")
            : TypedResults.Ok(PendingViewJson.From(view));
    }

    private static async ValueTask<List<KeysetNumber>> PartiesAsync(ChainRequest request, PendingView? view)
    {
        if (view is null or { IsCollapsed: true })
        {
            return [];
        }

        var parties = new List<KeysetNumber> { view.Decider };
        foreach (var number in new[] { view.Debit, view.Credit })
        {
            if (await request.Chain.GetAccountAsync(number, current: false, request.Cancellation) is { } account)
            {
                parties.Add(account.Owner);
            }
        }

        return parties;
    }
}
