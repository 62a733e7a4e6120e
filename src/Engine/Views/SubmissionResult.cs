using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Views;

/// <summary>
/// What became of a submitted transaction. With <see cref="Recorded"/> it is in a durable block: committed, refused on record, or
/// (AlreadyCommitted) the place it already had. Without, nothing happened and its id is not spent.
/// </summary>
public sealed record SubmissionResult(Outcome Outcome)
{
    /// <summary>Null when the bytes were too malformed to have one.</summary>
    public TransactionId? Id { get; init; }

    /// <summary>A sentence for people: what was expected and what was found.</summary>
    public string? Detail { get; init; }

    /// <summary>The operation that the outcome is about, where it is about one.</summary>
    public int? Operation { get; init; }

    public RecordedResult? Recorded { get; init; }
}

/// <summary>Where a recorded transaction stands, and what it did.</summary>
public sealed record RecordedResult(TransactionPlace Place, Timestamp Time, TransactionEffect Effect);

public enum LookupStatus
{
    /// <summary>It is in a durable block.</summary>
    Recorded,

    /// <summary>It is not recorded and has not expired: it may still be.</summary>
    NotFound,

    /// <summary>It is not recorded and never will be.</summary>
    Expired,

    /// <summary>It has expired, and the blocks in which it might be are not kept any more.</summary>
    Pruned,
}

public sealed record TransactionLookup(LookupStatus Status, RecordedResult? Recorded = null);
