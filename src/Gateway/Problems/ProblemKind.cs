using System.Text.Json;

namespace Actors.Gateway.Problems;

/// <summary>What can go wrong beside what the ledger says. The names are part of the API: <c>urn:actors:problem:chain-not-found</c>.</summary>
internal enum ProblemKind
{
    BadParameter,
    Unauthenticated,
    Forbidden,
    ChainNotFound,
    AccountNotFound,
    AliasNotFound,
    KeysetNotFound,
    AssetNotFound,
    PendingNotFound,
    BlockNotFound,
    TransactionNotFound,
    OperationNotFound,
    PeerNotFound,
    ChannelNotFound,
    DeliveryNotFound,
    PacketNotFound,
    NoChannelFits,
    SeveralChannelsFit,
    RouteNotFound,
    MethodNotAllowed,
    NotAcceptable,
    TooSlow,
    ChainExists,
    BackupExists,
    UnsupportedMediaType,
    Overloaded,
    WritesStopped,
    ChainStopped,
    NotReady,
    OutcomeUnknown,
    Internal,
}

internal static class ProblemKindNames
{
    private static readonly Dictionary<ProblemKind, string> Slugs =
        Enum.GetValues<ProblemKind>().ToDictionary(k => k, k => JsonNamingPolicy.KebabCaseLower.ConvertName(k.ToString()));

    public static string Slug(this ProblemKind kind) => Slugs[kind];
}
