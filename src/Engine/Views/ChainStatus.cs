using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;

namespace Actors.Engine.Views;

/// <summary>Where a chain stands, as of its newest committed block.</summary>
public sealed record ChainStatus(Height Height, Hash256 HeaderHash, Timestamp Time, Height StateHeight)
{
    public required ulong Accounts { get; init; }

    public required uint Keysets { get; init; }

    public required uint Assets { get; init; }

    public required ulong Pendings { get; init; }

    public required KeysetNumber Operator { get; init; }

    public required PublicKey SealingKey { get; init; }

    /// <summary>Null while blocks can be written; otherwise why not, in a sentence.</summary>
    public string? WritesStopped { get; init; }

    /// <summary>What recovery noticed that an operator should know (a head file that was missing, say).</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
