using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Pendings;

/// <summary>
/// What a post and a void check alike: the pending exists, is open, is before its timeout by block time (processed or not), is the
/// first of its group, and the group is not more than the transaction may still settle. Touches nothing.
/// </summary>
internal static class SettlementRules
{
    public static Outcome Check(EntityReference reference, TransactionExecution execution, out ulong number, out PendingRecord pending)
    {
        pending = default;
        if (execution.Pending(reference, out number) is var found and not Outcome.Committed)
        {
            return found;
        }

        var pendings = execution.State.Pendings;
        if (!pendings.IsKept(number))
        {
            return Outcome.PendingNotOpen;
        }

        pending = pendings.Read(number);
        return pending.State != PendingState.Open ? Outcome.PendingNotOpen
            : pending.TimeoutMs <= execution.TimeMs ? Outcome.PendingTimedOut
            : pending.GroupFirst != number ? Outcome.PendingIsGrouped
            : execution.SettlementCount + pending.GroupSize > Limits.SettlementsPerTransactionMax ? Outcome.TooManySettlements
            : Outcome.Committed;
    }
}
