using Actors.Ledger.Transactions;

namespace Actors.Cli.Client;

/// <summary>What became of a submitted transaction, as the node answers it; also for a refusal that is on record.</summary>
public sealed record TransactionAnswer(Outcome Outcome, bool Recorded)
{
    public string? Id { get; init; }

    /// <summary>These bytes were committed before; this is their first answer again.</summary>
    public bool AlreadyCommitted { get; init; }

    public ulong Height { get; init; }

    public int Index { get; init; }

    public ulong Time { get; init; }

    /// <summary>The operation that the outcome is about, where it is about one.</summary>
    public int? Operation { get; init; }

    /// <summary>Operations that failed, created something or settled pendings.</summary>
    public IReadOnlyList<OperationAnswer> Operations { get; init; } = [];

    public string? Detail { get; init; }
}

public sealed record OperationAnswer(int Operation, Outcome Outcome)
{
    public ulong? Created { get; init; }

    public IReadOnlyList<SettlementAnswer> Settlements { get; init; } = [];
}
