using Actors.Gateway.Access;
using Actors.Gateway.Accounts;
using Actors.Gateway.Blocks;
using Actors.Gateway.Chains;
using Actors.Gateway.Channels;
using Actors.Gateway.Events;
using Actors.Gateway.Health;
using Actors.Gateway.Operating;
using Actors.Gateway.Problems;
using Actors.Gateway.Records;
using Actors.Gateway.Relays;
using Actors.Gateway.Streams;
using Actors.Gateway.Transactions;

namespace Actors.Gateway.Hosting;

internal static class GatewayRoutes
{
    public static void MapGateway(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(ProblemResponses.WriteBareStatusAsync);
        app.UseMiddleware<AccessCheck>();
        app.UseMiddleware<RequestCount>();

        var v1 = app.MapGroup("/v1").ProducesProblems(400, 401, 403, 404, 503);
        v1.MapChains();
        v1.MapSubmissions();
        v1.MapTransactionStream();
        v1.MapTransactions();
        v1.MapAccounts();
        v1.MapStatements();
        v1.MapRecords();
        v1.MapChannels();
        v1.MapDeliveries();
        v1.MapReceived();
        v1.MapBlocks();
        v1.MapEvents();
        v1.MapRelay();
        v1.MapOperating();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}
