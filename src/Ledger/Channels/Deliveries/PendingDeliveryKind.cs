using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Channels.Deliveries;

internal sealed class PendingDeliveryKind : OperationKind<PendingDelivery>
{
    public override OperationType Type => OperationType.PendingDelivery;

    public override CreatedKind Creates => CreatedKind.Pending;

    protected override void Authorize(in PendingDelivery operation, AuthorityPass pass)
    {
        pass.RequireOwner(operation.Debit, Outcome.DebitAccountNotFound);
        pass.CreatePendingDelivery();
    }

    protected override Outcome Execute(in PendingDelivery operation, TransactionExecution execution)
    {
        var outcome = MovementRules.Check(operation.Debit, operation.Credit, operation.Amount, setsAside: true, execution, out var movement);
        if (outcome == Outcome.Committed)
        {
            outcome = PendingKind.CheckTimeout(operation.Timeout, execution);
        }

        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        if (!execution.State.Routes.TryFindAccount(operation.Through.Value, out var route))
        {
            return Outcome.RouteNotFound;
        }

        if (execution.Account(operation.Recipient, Outcome.AccountNotFound, out var recipient) is var found and not Outcome.Committed)
        {
            return found;
        }

        DeliveryPosting.Open(operation, movement, route, recipient, execution);
        return Outcome.Committed;
    }
}
