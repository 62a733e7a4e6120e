using Actors.Engine.Views;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Hosting;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Gateway.Settings;
using Actors.Gateway.Transactions;
using Actors.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Channels;

internal static class DeliveryEndpoints
{
    private const int PageDefault = 50;

    public static void MapDeliveries(this RouteGroupBuilder v1) =>
        v1.MapGet("/chains/{chain}/transactions/{id}/delivery", FollowAsync).WithName("FollowDelivery").Needs(Need.ReadConcerned).ProducesProblems(410)
            .WithSummary("How far what a transaction sent over channels has come; with Prefer: wait=N as soon as all is acknowledged or refunded, after so many seconds at most.");

    private static async Task<Ok<DeliveryListJson>> FollowAsync(ChainRequest request, NodeHost host, IOptions<GatewayOptions> options, string id, string? operation, string? limit, string? from)
    {
        var transaction = TextForms.Transaction.Parse(id, "id");
        var query = new DeliveryQuery
        {
            FromOperation = Parameters.ParseCount(operation, 0, 0, Limits.OperationsPerTransactionMax - 1, "operation"),
            CountMax = Parameters.ParseCount(limit, PageDefault, 1, DeliveryQuery.DeliveriesPerPageMax, "limit"),
            From = TextForms.Height.ParseOptional(from, "from") ?? default,
        };
        var sight = await TransactionEndpoints.RequireSightAsync(request, transaction);
        var wait = WaitPreference.Of(request.Context.Request, TimeSpan.FromMilliseconds(options.Value.Http.CommitWaitMs))?.Wait ?? TimeSpan.Zero;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(request.Cancellation);
        until.CancelAfter(wait);
        var page = wait == TimeSpan.Zero
            ? await Deliveries.ReadAsync(host.Node, request.Chain, transaction, query, request.Cancellation)
            : await Deliveries.WaitAsync(host.Node, request.Chain, transaction, query, until.Token, request.Cancellation);
        return TypedResults.Ok(Show(transaction, page!, sight));
    }

    private static DeliveryListJson Show(Ledger.Transactions.TransactionId id, DeliveryPage page, TransactionSight sight)
    {
        List<DeliveryView> seen = [.. page.Deliveries.Where(delivery => sight.SeesOperation(delivery.Operation))];
        var state = seen.Count > 0 ? Deliveries.Least(seen)
            : throw new RefusedException(ProblemKind.DeliveryNotFound, "the transaction sent nothing over a channel from this operation on, or nothing that you may see");
        return new DeliveryListJson(id, state, [.. seen.Select(DeliveryJson.From)], page.AsOf)
        {
            Next = page.NextOperation,
            LookFrom = seen.Exists(delivery => delivery.State == DeliveryState.Settled) ? new Height(page.LookedThrough.Value + 1) : null,
        };
    }
}
