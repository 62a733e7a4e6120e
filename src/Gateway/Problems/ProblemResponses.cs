using System.Globalization;
using Actors.Gateway.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Actors.Gateway.Problems;

/// <summary>Writes problems as responses, for exceptions and for bare statuses of the framework alike.</summary>
internal sealed class ProblemResponses(ILogger<ProblemResponses> logger) : IExceptionHandler
{
    private const string ContentType = "application/problem+json";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var answer = ProblemAnswers.Of(exception);
        if (answer is null)
        {
            logger.Defect(exception, context.Request.Method, context.Request.Path);
            answer = Answer.Of(ProblemKind.Internal, "the gateway failed; its log says why");
        }

        await WriteAsync(context, answer);
        return true;
    }

    public static Task WriteBareStatusAsync(StatusCodeContext status) =>
        WriteAsync(status.HttpContext, ProblemAnswers.OfStatus(status.HttpContext.Response.StatusCode));

    public static Task WriteAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        if (AnswerJson.RetryAfterSeconds(answer) is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Kind == ProblemKind.Unauthenticated)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return context.Response.WriteAsJsonAsync(AnswerJson.ToProblem(answer), StrictJson.Options, ContentType, context.RequestAborted);
    }
}

internal static partial class ProblemLog
{
    [LoggerMessage(1, LogLevel.Error, "A defect answered {Method} {Path} with 500")]
    public static partial void Defect(this ILogger logger, Exception exception, string method, string path);
}
