using Actors.Engine.Views;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Gateway.Transactions;

internal static class TransactionEndpoints
{
    public static void MapTransactions(this RouteGroupBuilder v1)
    {
        v1.MapGet("/chains/{chain}/transactions/{id}", FindAsync).WithName("FindTransaction").Needs(Need.ReadConcerned).ProducesProblems(410)
            .WithSummary("What became of a transaction; always current.");
        v1.MapGet("/chains/{chain}/transactions/{id}/receipt", ReceiptAsync).WithName("GetReceipt").Needs(Need.ReadConcerned)
            .Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary).Produces<ReceiptJson>().ProducesProblems(410)
            .WithSummary("The receipt file of a transaction or of one of its operations, to be checked offline; as JSON a rendering for people.");
    }

    /// <summary>How much of a recorded transaction the caller may see.</summary>
    /// <exception cref="RefusedException">It is not recorded, or concerns none of the caller's keysets.</exception>
    public static async ValueTask<TransactionSight> RequireSightAsync(ChainRequest request, TransactionId id) =>
        await SightAsync(request, id, await RequireRecordedAsync(request, id));

    private static async Task<Ok<ResultJson>> FindAsync(ChainRequest request, string id)
    {
        var transaction = TextForms.Transaction.Parse(id, "id");
        var recorded = await RequireRecordedAsync(request, transaction);
        var sight = await SightAsync(request, transaction, recorded);
        var visible = recorded with { Effect = recorded.Effect with { Operations = [.. recorded.Effect.Operations.Where(o => sight.SeesOperation(o.Operation))] } };
        return TypedResults.Ok(AnswerJson.ToResult(Answer.Of(new SubmissionResult(recorded.Effect.Outcome) { Id = transaction, Recorded = visible })));
    }

    private static async Task<IResult> ReceiptAsync(ChainRequest request, string id, string? operation)
    {
        var transaction = TextForms.Transaction.Parse(id, "id");
        int? index = operation is null ? null : Parameters.ParseCount(operation, 0, 0, Limits.OperationsPerTransactionMax - 1, "operation");
        var recorded = await RequireRecordedAsync(request, transaction);
        var sight = await SightAsync(request, transaction, recorded);
        if (index is { } k ? !sight.SeesOperation(k) : !sight.SeesAll)
        {
            throw Caller.Forbidden("none of your keysets signed this transaction: ask for the receipt of an operation that names an account or keyset of yours");
        }

        var file = await request.Chain.GetReceiptAsync(transaction, index, request.Cancellation)
            ?? throw new RefusedException(ProblemKind.OperationNotFound, $"the transaction has no operation {index}");
        return Accepts.Prefers(request.Context.Request, Accepts.Json, Accepts.Binary)
            ? TypedResults.Ok(ReceiptJson.From(request.Chain.Genesis, await BlockAsync(request, recorded), recorded, index, file))
            : new BinaryFile(file, index is null ? $"{transaction}.receipt" : $"{transaction}.{index}.receipt");
    }

    private static async ValueTask<RecordedResult> RequireRecordedAsync(ChainRequest request, TransactionId id)
    {
        var found = await request.Chain.FindTransactionAsync(id, request.Cancellation);
        return found switch
        {
            { Recorded: { } recorded } => recorded,
            { Status: LookupStatus.Expired } => throw new RefusedException(Outcome.Expired, "the transaction was not recorded before its expiry, and never will be"),
            { Status: LookupStatus.Pruned } => throw new RefusedException(Outcome.Pruned, "the transaction has expired, and the blocks in which it might be are not kept any more"),
            _ => throw new RefusedException(ProblemKind.TransactionNotFound, $"the transaction is not recorded; until its expiry at {id.Expiry} it may still be"),
        };
    }

    private static async ValueTask<TransactionSight> SightAsync(ChainRequest request, TransactionId id, RecordedResult recorded)
    {
        if (request.Caller.ReadsAll)
        {
            return TransactionSight.All;
        }

        var sight = await TransactionSight.OfAsync(request, await BlockAsync(request, recorded), recorded);
        return sight.SeesSomething ? sight : throw Caller.Forbidden($"transaction {id} concerns none of your keysets; it needs the scope read-all");
    }

    private static async ValueTask<Block> BlockAsync(ChainRequest request, RecordedResult recorded)
    {
        var bytes = await request.Chain.GetBlockAsync(recorded.Place.Height, request.Cancellation)
            ?? throw new RefusedException(Outcome.Pruned, $"block {recorded.Place.Height} is not kept any more");
        return Block.Parse(bytes);
    }
}
