using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Chains;

internal sealed class ChangeSealingKeyKind : OperationKind<ChangeSealingKey>
{
    public override OperationType Type => OperationType.ChangeSealingKey;

    protected override byte AllowedFlags => 1 << ChangeSealingKey.LostBit;

    protected override void Authorize(in ChangeSealingKey operation, AuthorityPass pass) => pass.RequireOperator();

    protected override Outcome Execute(in ChangeSealingKey operation, TransactionExecution execution)
    {
        if (execution.State.Chain.SealingKeySince == execution.Height)
        {
            return Outcome.SealingKeyChangedInBlock;
        }

        if (execution.State.Chain.SealingKeyChanges == Limits.KeyChangesPerAnchorMax)
        {
            return Outcome.TableFull;
        }

        if (operation.Lost is { } lost && lost.First > execution.Height)
        {
            return Outcome.LostBlocksMismatch;
        }

        ref var chain = ref execution.State.WriteChain();
        chain.SealingKey = operation.Key;
        chain.SealingKeySince = execution.Height;
        chain.SealingKeyChanges++;
        return Outcome.Committed;
    }
}
