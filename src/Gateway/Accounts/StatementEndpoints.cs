using Actors.Engine.Views;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;

namespace Actors.Gateway.Accounts;

internal static class StatementEndpoints
{
    private const int EntriesDefault = 50;

    public static void MapStatements(this RouteGroupBuilder v1) =>
        v1.MapGet("/chains/{chain}/accounts/{account}/statement", ShowAsync).WithName("GetStatement").Needs(Need.ReadConcerned)
            .Produces<StatementJson>().Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary)
            .WithSummary("An account's movements, newest first, a page at a time; as application/octet-stream the file to be checked offline.");

    private static async Task<IResult> ShowAsync(ChainRequest request, string account, string? from, string? until, string? before, string? limit)
    {
        var number = Parameters.ParseAccount(account, request.Id);
        var query = new StatementQuery
        {
            EntriesMax = Parameters.ParseCount(limit, EntriesDefault, 1, StatementQuery.EntriesPerPageMax, "limit"),
            Before = TextForms.Height.ParseOptional(before, "before"),
            From = TextForms.Time.ParseOptional(from, "from"),
            Until = TextForms.Time.ParseOptional(until, "until"),
        };
        await AccountEndpoints.RequireAsync(request, number, current: false);
        return Accepts.Prefers(request.Context.Request, Accepts.Binary, Accepts.Json)
            ? new BinaryFile(await FileAsync(request, number, query), $"{request.Id}.{number}.statement")
            : TypedResults.Ok(StatementJson.From(request.Id, await request.Chain.GetStatementAsync(number, query, request.Cancellation) ?? throw NotFound(request, number)));
    }

    /// <summary>The file's leaves show what the same blocks did to others.</summary>
    private static async ValueTask<byte[]> FileAsync(ChainRequest request, Ledger.AccountNumber number, StatementQuery query) => request.Caller.ReadsAll
        ? await request.Chain.GetStatementFileAsync(number, query, request.Cancellation) ?? throw NotFound(request, number)
        : throw Caller.Forbidden("a statement file shows settlements of others; it needs the scope read-all");

    private static RefusedException NotFound(ChainRequest request, Ledger.AccountNumber number) =>
        new(ProblemKind.AccountNotFound, $"chain '{request.Id}' has no account {number}");
}
