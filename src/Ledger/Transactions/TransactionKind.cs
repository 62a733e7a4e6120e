namespace Actors.Ledger.Transactions;

public enum TransactionKind : byte
{
    /// <summary>All operations or none.</summary>
    Atomic = 1,

    /// <summary>Each operation has its own outcome; linked runs inside are all or nothing.</summary>
    Bulk = 2,
}
