namespace Actors.Ledger.Transactions;

/// <summary>Where a recorded transaction stands: the block, and its index from 0 in it.</summary>
public readonly record struct TransactionPlace(Height Height, int Index);
