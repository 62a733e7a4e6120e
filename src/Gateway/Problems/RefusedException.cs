using Actors.Ledger.Transactions;

namespace Actors.Gateway.Problems;

/// <summary>
/// The gateway itself refuses a request. Thrown at the edge only, before anything was asked of a chain; <see cref="ProblemAnswers"/> turns it into
/// an answer.
/// </summary>
internal sealed class RefusedException : Exception
{
    public RefusedException(ProblemKind kind, string detail, TimeSpan? retryAfter = null) : base(detail)
    {
        Kind = kind;
        RetryAfter = retryAfter;
    }

    /// <summary>It is so wrong that the ledger would say so; <paramref name="outcome"/> is an answer (1xx).</summary>
    public RefusedException(Outcome outcome, string detail) : base(detail) => Outcome = outcome;

    public ProblemKind Kind { get; }

    public Outcome? Outcome { get; }

    public TimeSpan? RetryAfter { get; }
}
