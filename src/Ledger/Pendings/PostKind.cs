using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Pendings;

internal sealed class PostKind : OperationKind<Post>
{
    public override OperationType Type => OperationType.Post;

    public override bool Settles => true;

    protected override byte AllowedFlags => 1 << Post.PartBit;

    protected override void Authorize(in Post operation, AuthorityPass pass) => pass.RequireDecider(operation.Pending);

    protected override Outcome Execute(in Post operation, TransactionExecution execution)
    {
        var outcome = SettlementRules.Check(operation.Pending, execution, out var number, out var pending);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        if (operation.Part is { } part)
        {
            if (pending.GroupSize > 1)
            {
                return Outcome.GroupInPart;
            }

            if (part == 0)
            {
                return Outcome.ZeroAmount;
            }

            if (part > pending.Amount)
            {
                return Outcome.PostAmountTooLarge;
            }
        }

        if (CheckFrozen(number, pending.GroupSize, execution.State) is var frozen and not Outcome.Committed)
        {
            return frozen;
        }

        PendingPosting.Settle(execution, number, pending.GroupSize, PendingState.Posted, operation.Part);
        return Outcome.Committed;
    }

    private static Outcome CheckFrozen(ulong first, int size, ChainState state)
    {
        for (var i = 0UL; i < (ulong)size; i++)
        {
            ref readonly var pending = ref state.Pendings.Read(first + i);
            state.Accounts.TryRead(pending.Debit, out var debit);
            if (debit.Flags.HasFlag(AccountFlags.Frozen))
            {
                return Outcome.DebitAccountFrozen;
            }

            state.Accounts.TryRead(pending.Credit, out var credit);
            if (credit.Flags.HasFlag(AccountFlags.Frozen))
            {
                return Outcome.CreditAccountFrozen;
            }
        }

        return Outcome.Committed;
    }
}
