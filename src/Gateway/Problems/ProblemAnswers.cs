using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Gateway.Hosting;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Problems;

/// <summary>Turns what was thrown into what is answered: the one place where exceptions become problems.</summary>
internal static class ProblemAnswers
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Null when nobody can have expected it: a defect.</summary>
    public static Answer? Of(Exception exception) => exception switch
    {
        RefusedException { Outcome: { } outcome } refused => Answer.Of(outcome, refused.Message),
        RefusedException refused => Answer.Of(refused.Kind, refused.Message, refused.RetryAfter),
        MalformedException malformed => Answer.Of(malformed.Outcome, malformed.Message),
        NotReadyException notReady => Answer.Of(ProblemKind.NotReady, notReady.Message, Soon),
        OverloadedException fault => Answer.Of(ProblemKind.Overloaded, fault.Message, fault.RetryAfter ?? Soon),
        WritesStoppedException fault => Answer.Of(ProblemKind.WritesStopped, fault.Message, fault.RetryAfter ?? Soon),
        OutcomePendingException fault => Answer.Of(ProblemKind.OutcomeUnknown, fault.Message, fault.RetryAfter ?? Soon),
        ChainStoppedException fault => Answer.Of(ProblemKind.ChainStopped, fault.Message, fault.RetryAfter),
        UnreachableException fault => Answer.Of(ProblemKind.NotReady, fault.Message, fault.RetryAfter ?? Soon),
        EngineFaultException fault => Answer.Of(ProblemKind.ChainStopped, fault.Message, fault.RetryAfter),
        ChainExistsException exists => Answer.Of(ProblemKind.ChainExists, exists.Message),
        StoreException fault => Answer.Of(ProblemKind.WritesStopped, fault.Message, Soon),
        BadHttpRequestException request => OfRequest(request.StatusCode, request.Message),
        _ => null,
    };

    /// <summary>What a bare status set by the framework means.</summary>
    public static Answer OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Answer.Of(ProblemKind.RouteNotFound, "there is nothing at this path; the routes are listed at /openapi/v1.json"),
        StatusCodes.Status405MethodNotAllowed => Answer.Of(ProblemKind.MethodNotAllowed, "this path does not know that method"),
        StatusCodes.Status415UnsupportedMediaType => Answer.Of(ProblemKind.UnsupportedMediaType, "this path does not take that content type"),
        StatusCodes.Status406NotAcceptable => Answer.Of(ProblemKind.NotAcceptable, "this path does not have that content type"),
        _ => OfRequest(status, "the request is not valid HTTP for this path"),
    };

    private static Answer OfRequest(int status, string message) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => Answer.Of(Outcome.TooLarge, message),
        StatusCodes.Status408RequestTimeout => Answer.Of(ProblemKind.TooSlow, message),
        StatusCodes.Status415UnsupportedMediaType => Answer.Of(ProblemKind.UnsupportedMediaType, message),
        >= StatusCodes.Status500InternalServerError => Answer.Of(ProblemKind.Internal, "the gateway failed; its log says why"),
        _ => Answer.Of(ProblemKind.BadParameter, message),
    };
}
