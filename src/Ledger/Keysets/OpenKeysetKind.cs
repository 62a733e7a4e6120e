using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Keysets;

internal sealed class OpenKeysetKind : OperationKind<OpenKeyset>
{
    public override OperationType Type => OperationType.OpenKeyset;

    public override CreatedKind Creates => CreatedKind.Keyset;

    protected override void Authorize(in OpenKeyset operation, AuthorityPass pass)
    {
        var created = pass.CreateKeyset(operation.Keyset);
        pass.Require(created);
    }

    protected override Outcome Execute(in OpenKeyset operation, TransactionExecution execution)
    {
        var keysets = execution.State.Keysets;
        if (keysets.Count >= Limits.KeysetsMax)
        {
            return Outcome.TableFull;
        }

        execution.Created(keysets.Open(operation.Keyset, execution.Height));
        return Outcome.Committed;
    }
}
