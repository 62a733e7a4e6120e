using Actors.Ledger.Hashing;

namespace Actors.Engine.Audits;

/// <summary>What an audit found. Clean when there is no finding; then everything counted here was checked.</summary>
public sealed record AuditReport(Hash256 GenesisHash, ulong Height, Hash256 HeaderHash)
{
    public required ulong Transactions { get; init; }

    public required ulong Operations { get; init; }

    public required long Signatures { get; init; }

    public required ulong Accounts { get; init; }

    /// <summary>Accounts that some block touched; their posted values were summed.</summary>
    public required ulong AccountsInUse { get; init; }

    /// <summary>Changes of the sealing key, by height.</summary>
    public required IReadOnlyList<ulong> SealingKeyChanges { get; init; }

    /// <summary>What is wrong, a sentence each; the replay ends at the first broken block.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    public bool IsClean => Findings.Count == 0;
}
