using Actors.Ledger.Transactions;

namespace Actors.Gateway.Problems;

/// <summary>Which HTTP status says what: the one place where outcomes and problems become statuses. docs/http-api.md has the same table.</summary>
internal static class HttpStatus
{
    public static int Of(Outcome outcome) => outcome switch
    {
        Outcome.Committed => StatusCodes.Status201Created,
        Outcome.AlreadyCommitted => StatusCodes.Status200OK,

        Outcome.Malformed or Outcome.UnsupportedVersion or Outcome.UnsupportedScheme or Outcome.DuplicateSigner => StatusCodes.Status400BadRequest,
        Outcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Outcome.WrongChain => StatusCodes.Status409Conflict,
        Outcome.Expired or Outcome.Pruned => StatusCodes.Status410Gone,
        Outcome.ExpiryTooFar => StatusCodes.Status422UnprocessableEntity,
        Outcome.BadSignature or Outcome.MissingSignature or Outcome.SurplusSignature or Outcome.SealingKeyUnknown => StatusCodes.Status422UnprocessableEntity,
        _ when outcome.IsAnswer() => StatusCodes.Status422UnprocessableEntity,

        // A recorded refusal: final, provable, and sending the same again changes nothing.
        _ => StatusCodes.Status409Conflict,
    };

    public static int Of(ProblemKind kind) => kind switch
    {
        ProblemKind.BadParameter => StatusCodes.Status400BadRequest,
        ProblemKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
        ProblemKind.ChainNotFound or ProblemKind.AccountNotFound or ProblemKind.AliasNotFound or ProblemKind.KeysetNotFound => StatusCodes.Status404NotFound,
        ProblemKind.AssetNotFound or ProblemKind.PendingNotFound or ProblemKind.BlockNotFound => StatusCodes.Status404NotFound,
        ProblemKind.TransactionNotFound or ProblemKind.OperationNotFound or ProblemKind.RouteNotFound => StatusCodes.Status404NotFound,
        ProblemKind.PeerNotFound or ProblemKind.ChannelNotFound or ProblemKind.DeliveryNotFound or ProblemKind.PacketNotFound => StatusCodes.Status404NotFound,
        ProblemKind.NoChannelFits or ProblemKind.SeveralChannelsFit => StatusCodes.Status422UnprocessableEntity,
        ProblemKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ProblemKind.NotAcceptable => StatusCodes.Status406NotAcceptable,
        ProblemKind.TooSlow => StatusCodes.Status408RequestTimeout,
        ProblemKind.ChainExists or ProblemKind.BackupExists => StatusCodes.Status409Conflict,
        ProblemKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ProblemKind.Overloaded => StatusCodes.Status429TooManyRequests,
        ProblemKind.WritesStopped or ProblemKind.ChainStopped or ProblemKind.NotReady => StatusCodes.Status503ServiceUnavailable,
        ProblemKind.OutcomeUnknown => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };
}
