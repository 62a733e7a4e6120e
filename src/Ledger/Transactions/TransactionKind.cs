namespace Actors.Ledger.Transactions;

public enum TransactionKind : byte
{
    /// <summary>All operations or none.</summary>
    Atomic = 1,

    /// <summary>Each operation has its own outcome; linked runs inside are all or nothing.</summary>
    Bulk = 2,

    /// <summary>
    /// Operations that rest on proof alone, without signatures. Recorded only if one of them did something new and none was refused.
    /// </summary>
    Proven = 3,
}
