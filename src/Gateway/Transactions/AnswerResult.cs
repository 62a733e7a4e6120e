using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Transactions;

/// <summary>The answer to one submission as a response.</summary>
internal sealed record AnswerResult(Answer Answer, ChainId Chain) : IResult
{
    public static string StatusUrl(ChainId chain, TransactionId id) => $"/v1/chains/{chain}/transactions/{id}";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Wherever the transaction may be found: recorded, or unknown whether it is.
        if (Answer.Id is { } id && (Answer.Result?.Recorded is not null || Answer.Kind == ProblemKind.OutcomeUnknown))
        {
            httpContext.Response.Headers.Location = StatusUrl(Chain, id);
        }

        if (Answer.IsProblem)
        {
            return ProblemResponses.WriteAsync(httpContext, Answer);
        }

        httpContext.Response.StatusCode = Answer.Status;
        return httpContext.Response.WriteAsJsonAsync(AnswerJson.ToResult(Answer), StrictJson.Options, httpContext.RequestAborted);
    }
}
