using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Keysets;

internal sealed class ChangeKeysetKind : OperationKind<ChangeKeyset>
{
    public override OperationType Type => OperationType.ChangeKeyset;

    protected override void Authorize(in ChangeKeyset operation, AuthorityPass pass) => pass.RequireKeyset(operation.Keyset);

    protected override Outcome Execute(in ChangeKeyset operation, TransactionExecution execution)
    {
        if (execution.Keyset(operation.Keyset, out var number) is var found and not Outcome.Committed)
        {
            return found;
        }

        execution.State.Keysets.Change(number, operation.Definition, execution.Height);
        return Outcome.Committed;
    }
}
