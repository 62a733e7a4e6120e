using Actors.Ledger.Transactions;

namespace Actors.Gateway.Problems;

/// <summary>An answer as the JSON of a single response or of a stream's line.</summary>
internal static class AnswerJson
{
    public static ResultJson ToResult(Answer answer) => Fill(new ResultJson(), answer);

    public static ProblemJson ToProblem(Answer answer) => FillProblem(new ProblemJson { Status = answer.Status }, answer);

    public static StreamLineJson ToLine(Answer answer, long item) => FillProblem(new StreamLineJson { Item = item, Status = answer.Status }, answer);

    public static int? RetryAfterSeconds(Answer answer) =>
        answer.RetryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : null;

    private static T FillProblem<T>(T json, Answer answer) where T : ProblemJson
    {
        var filled = Fill(json, answer);
        if (!answer.IsProblem)
        {
            return filled;
        }

        var title = answer.Kind?.Slug() ?? answer.Outcome.ToString()!;
        return filled with
        {
            Type = answer.Kind is null ? "urn:actors:outcome:" + title : "urn:actors:problem:" + title,
            Title = title,
            Detail = answer.Detail,
            RetryAfter = RetryAfterSeconds(answer),
        };
    }

    private static T Fill<T>(T json, Answer answer) where T : ResultJson
    {
        if (answer.Result is not { } result || answer.Outcome is not { } outcome)
        {
            return json with { Id = answer.Id };
        }

        var filled = json with
        {
            Id = answer.Id,
            Outcome = (int)outcome,
            OutcomeName = outcome.ToString(),
            Operation = OperationOf(answer),
            Recorded = result.Recorded is not null,
            AlreadyCommitted = answer.AlreadyCommitted,
        };
        return result.Recorded is not { } recorded ? filled : filled with
        {
            Height = recorded.Place.Height,
            Index = recorded.Place.Index,
            Time = recorded.Time,
            Operations = [.. recorded.Effect.Operations.Select(OperationResultJson.From)],
        };
    }

    /// <summary>Of a recorded refusal the operation that failed; a repeated submission and a lookup say it as the first answer did.</summary>
    public static int? OperationOf(Answer answer) => answer.Result switch
    {
        { Recorded.Effect: { FailedOperation: >= 0 } effect } when effect.Outcome != Outcome.Committed => effect.FailedOperation,
        { } result => result.Operation,
        null => null,
    };
}
