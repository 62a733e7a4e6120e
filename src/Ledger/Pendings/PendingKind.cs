using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Pendings;

internal sealed class PendingKind : OperationKind<Pending>
{
    public override OperationType Type => OperationType.Pending;

    public override CreatedKind Creates => CreatedKind.Pending;

    protected override byte AllowedFlags => (1 << Pending.ReferenceBit) | (1 << Pending.DeciderBit);

    protected override void Authorize(in Pending operation, AuthorityPass pass)
    {
        pass.RequireOwner(operation.Debit, Outcome.DebitAccountNotFound);
        pass.CreatePending(operation.Decider, operation.Credit);
    }

    protected override Outcome Execute(in Pending operation, TransactionExecution execution)
    {
        var outcome = MovementRules.Check(operation.Debit, operation.Credit, operation.Amount, setsAside: true, execution, out var movement);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        outcome = CheckTimeout(operation.Timeout, execution);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        uint decider;
        if (operation.Decider is not { } named)
        {
            decider = execution.State.Accounts.OwnerAndAsset(movement.Credit).Owner;
        }
        else if (execution.Keyset(named, out decider) is var found and not Outcome.Committed)
        {
            return found;
        }

        if (!execution.Group.Admits(operation.Timeout, decider))
        {
            return Outcome.GroupMismatch;
        }

        var number = PendingPosting.Open(execution, movement, operation.Amount, operation.Timeout, decider);
        ref var record = ref execution.State.Pendings.Write(number);
        record.ReferenceLength = operation.Reference.Length;
        operation.Reference.CopyPadded(record.Reference.AsSpan());
        return Outcome.Committed;
    }

    internal static Outcome CheckTimeout(Timestamp timeout, TransactionExecution execution) =>
        timeout.Ms <= execution.TimeMs ? Outcome.TimeoutPassed
        : timeout.Ms > execution.TimeMs + Limits.PendingTimeoutMsMax ? Outcome.TimeoutTooFar
        : Outcome.Committed;
}
