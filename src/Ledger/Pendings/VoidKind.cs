using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Pendings;

internal sealed class VoidKind : OperationKind<Void>
{
    public override OperationType Type => OperationType.Void;

    public override bool Settles => true;

    protected override void Authorize(in Void operation, AuthorityPass pass) => pass.RequireDecider(operation.Pending);

    protected override Outcome Execute(in Void operation, TransactionExecution execution)
    {
        var outcome = SettlementRules.Check(operation.Pending, execution, out var number, out var pending);
        if (outcome == Outcome.Committed)
        {
            PendingPosting.Settle(execution, number, pending.GroupSize, PendingState.Voided, part: null);
        }

        return outcome;
    }
}
