using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Bench;

/// <summary>What a run puts its load on: an engine in this process, or a node over HTTP.</summary>
internal interface IBenchTarget : IAsyncDisposable
{
    /// <summary>One line for the header: what takes the load, and over which store.</summary>
    string Description { get; }

    /// <summary>Of all processes of ours that work for the run, since they started.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>The most memory that whoever takes the load has used; null where that cannot be seen.</summary>
    long? PeakMemoryBytes { get; }

    Task<Genesis> CreateChainAsync(ChainId id, KeysetDefinition operatorKeyset, CancellationToken cancellation);

    /// <summary>
    /// The same target for one more chain: whatever is shared stays this one's, its processor time and memory among it, and MUST outlive it.
    /// </summary>
    IBenchTarget Beside();

    /// <summary>Goes on with a chain that is there.</summary>
    Task OpenChainAsync(ChainId id, CancellationToken cancellation);

    /// <summary>Submits and waits until it is durable or refused; tries again by itself while the target is full.</summary>
    ValueTask<Acknowledgement> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation);

    Task<ulong> CountAccountsAsync(CancellationToken cancellation);

    /// <summary>
    /// What the chain takes on disk, measured on a backup, in which no write-ahead log blurs it; null of a node that is not ours.
    /// </summary>
    Task<long?> MeasureBytesAsync(CancellationToken cancellation);

    /// <summary>What an account holds, in minor units, as of now.</summary>
    ValueTask<long> ReadPostedAsync(AccountNumber account, CancellationToken cancellation);
}

/// <summary>What became of a transaction; <paramref name="Refused"/> lists the operations of a committed bulk that failed, null when none did.</summary>
internal readonly record struct Acknowledgement(Outcome Outcome, int[]? Refused, string? Detail)
{
    public bool IsCommitted => Outcome == Outcome.Committed;
}
