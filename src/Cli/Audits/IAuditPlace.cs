using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Audits;

/// <summary>Where chains to audit are.</summary>
internal interface IAuditPlace
{
    Task<IReadOnlyList<ChainId>> ListChainsAsync(CancellationToken cancellation);

    /// <summary>Audits one chain; <paramref name="expected"/> is the genesis hash that the auditor holds.</summary>
    Task<ChainFindings> AuditAsync(ChainId chain, Hash256? expected, Advance advance, CancellationToken cancellation);
}

/// <summary>Tells how many blocks of how many are replayed, on the thread that replays.</summary>
internal sealed class BlockProgress(Advance advance, ulong head) : IProgress<ulong>
{
    public void Report(ulong value) => advance.Report((long)value, (long)head);
}
