using System.Globalization;
using System.Net;

namespace Actors.Cli.Client;

/// <summary>
/// The node answered with a problem that is not an outcome of the ledger: not found, not allowed, too busy, or broken. See the table of
/// errors in docs/http-api.md.
/// </summary>
public sealed class NodeProblemException(HttpStatusCode status, string type, string message, TimeSpan? retryAfter, string? id)
    : Exception($"{message} ({type}, HTTP {((int)status).ToString(CultureInfo.InvariantCulture)})")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The stable name, without <c>urn:actors:problem:</c>.</summary>
    public string Type { get; } = type;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The transaction that it is about, where it is about one.</summary>
    public string? Id { get; } = id;

    /// <summary>Nothing was decided, and the same request may be sent again.</summary>
    public bool IsPassing => RetryAfter is not null || Status is HttpStatusCode.TooManyRequests or HttpStatusCode.GatewayTimeout;
}
