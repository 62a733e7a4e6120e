using Actors.Grains.Faults;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Grains.Submissions;

/// <summary>
/// What became of one submitted envelope: an outcome of the ledger, or a fault of the world. With <see cref="Recorded"/> it is in a durable
/// block; with <see cref="Fault"/> nothing is known but what the fault says, and the same bytes may be sent again.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.submission-answer.1")]
public sealed record SubmissionAnswer
{
    [Id(0)]
    public Outcome Outcome { get; init; }

    /// <summary>The transaction id's bytes; null when the envelope was too malformed to have one.</summary>
    [Id(1)]
    public byte[]? IdBytes { get; init; }

    /// <summary>A sentence for people: what was expected and what was found.</summary>
    [Id(2)]
    public string? Detail { get; init; }

    /// <summary>The operation that the outcome is about, where it is about one.</summary>
    [Id(3)]
    public int? Operation { get; init; }

    [Id(4)]
    public RecordedAnswer? Recorded { get; init; }

    [Id(5)]
    public FaultAnswer? Fault { get; init; }

    public TransactionId? Id => IdBytes is null ? null : new TransactionId(new Hash256(IdBytes));

    /// <summary>The money moved: committed now, or when the same bytes were sent before.</summary>
    public bool IsCommitted => Fault is null && Recorded is { } recorded && recorded.ReadEffect().Outcome == Outcome.Committed;
}

/// <summary>Where a recorded transaction stands, and what it did.</summary>
[GenerateSerializer, Immutable, Alias("actors.recorded-answer.1")]
public sealed record RecordedAnswer
{
    [Id(0)]
    public ulong Height { get; init; }

    /// <summary>The transaction's index from 0 in the block.</summary>
    [Id(1)]
    public int Index { get; init; }

    /// <summary>The block's time, milliseconds of Unix time.</summary>
    [Id(2)]
    public ulong TimeMs { get; init; }

    /// <summary>The effect leaf as it stands in the block (docs/wire-format.md section 6).</summary>
    [Id(3)]
    public byte[] Effect { get; init; } = [];

    public TransactionPlace Place => new(new Height(Height), Index);

    /// <exception cref="Ledger.Wire.MalformedException">The bytes are no effect leaf.</exception>
    public TransactionEffect ReadEffect() => EffectLeaf.ReadTransaction(Effect, Limits.OperationsPerTransactionMax);
}

/// <summary>What is known of a transaction id.</summary>
[GenerateSerializer, Immutable, Alias("actors.lookup-answer.1")]
public sealed record LookupAnswer
{
    [Id(0)]
    public LookupAnswerKind Kind { get; init; }

    [Id(1)]
    public RecordedAnswer? Recorded { get; init; }
}

/// <summary>Numbers are part of the wire.</summary>
[GenerateSerializer, Alias("actors.lookup-answer-kind.1")]
public enum LookupAnswerKind
{
    Recorded = 0,

    /// <summary>Not recorded and not expired: it may still be.</summary>
    NotFound = 1,

    /// <summary>Not recorded, and never will be.</summary>
    Expired = 2,

    /// <summary>Expired, and the blocks in which it might be are not kept any more.</summary>
    Pruned = 3,
}
