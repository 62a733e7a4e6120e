using Actors.Engine.Views;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Problems;

/// <summary>
/// What a request or a stream's item is told, before it is written as JSON, as a line or in binary: what the ledger said
/// (<see cref="Result"/>), or a problem beside it (<see cref="Kind"/>).
/// </summary>
internal sealed record Answer
{
    private Answer(int status) => Status = status;

    public int Status { get; }

    public SubmissionResult? Result { get; private init; }

    public ProblemKind? Kind { get; private init; }

    public TransactionId? Id { get; init; }

    public string? Detail { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    public bool IsProblem => Status >= StatusCodes.Status400BadRequest;

    /// <summary>The outcome of the transaction itself: of one that was committed before, its first.</summary>
    public Outcome? Outcome => Result is null ? null : Result.Recorded?.Effect.Outcome ?? Result.Outcome;

    public bool AlreadyCommitted => Result?.Outcome == Ledger.Transactions.Outcome.AlreadyCommitted;

    public static Answer Of(SubmissionResult result)
    {
        var first = result.Recorded?.Effect.Outcome ?? result.Outcome;
        var repeated = result.Outcome == Ledger.Transactions.Outcome.AlreadyCommitted && first == Ledger.Transactions.Outcome.Committed;
        return new Answer(HttpStatus.Of(repeated ? result.Outcome : first)) { Result = result, Id = result.Id, Detail = result.Detail };
    }

    public static Answer Of(Outcome outcome, string detail) => Of(new SubmissionResult(outcome) { Detail = detail });

    public static Answer Of(ProblemKind kind, string detail, TimeSpan? retryAfter = null) =>
        new(HttpStatus.Of(kind)) { Kind = kind, Detail = detail, RetryAfter = retryAfter };
}
