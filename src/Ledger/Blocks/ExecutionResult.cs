using Actors.Ledger.Transactions;

namespace Actors.Ledger.Blocks;

/// <summary>
/// What became of a transaction. Recorded: Place is where it stands, the outcome is final once the block is committed. Not
/// recorded: an answer about operation <paramref name="Operation"/> or the whole, and for AlreadyCommitted the first place.
/// </summary>
internal readonly record struct ExecutionResult(Outcome Outcome, int Operation, TransactionPlace Place)
{
    public bool IsRecorded { get; init; }
}
