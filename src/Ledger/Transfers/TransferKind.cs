using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Transfers;

internal sealed class TransferKind : OperationKind<Transfer>
{
    public override OperationType Type => OperationType.Transfer;

    protected override byte AllowedFlags => 1 << Transfer.ReferenceBit;

    protected override void Authorize(in Transfer operation, AuthorityPass pass) =>
        pass.RequireOwner(operation.Debit, Outcome.DebitAccountNotFound);

    protected override Outcome Execute(in Transfer operation, TransactionExecution execution)
    {
        var outcome = MovementRules.Check(operation.Debit, operation.Credit, operation.Amount, setsAside: false, execution, out var movement);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        var accounts = execution.State.Accounts;
        accounts.Touch(movement.Debit).Posted -= operation.Amount;
        accounts.Touch(movement.Credit).Posted += operation.Amount;
        return Outcome.Committed;
    }
}
