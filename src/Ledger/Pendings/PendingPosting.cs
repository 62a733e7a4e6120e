using Actors.Ledger.Blocks;
using Actors.Ledger.State;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Pendings;

/// <summary>Opens and settles pendings. Everything was checked before; nothing here can fail.</summary>
internal static class PendingPosting
{
    public static void Open(TransactionExecution execution, in Pending operation, Movement movement, uint decider)
    {
        var state = execution.State;
        var number = state.Pendings.Open(new PendingRecord
        {
            Debit = movement.Debit,
            Credit = movement.Credit,
            Amount = operation.Amount,
            TimeoutMs = operation.Timeout.Ms,
            State = PendingState.Open,
            Decider = decider,
            GroupSize = (ushort)execution.Group.Size,
        });
        ref var record = ref state.Pendings.Write(number);
        record.GroupFirst = execution.Group.Join(number, operation.Timeout, decider);
        record.ReferenceLength = operation.Reference.Length;
        operation.Reference.CopyPadded(record.Reference.AsSpan());
        state.Accounts.Touch(movement.Debit).PendingOut += operation.Amount;
        state.Accounts.Touch(movement.Credit).PendingIn += operation.Amount;
        execution.Created(number);
    }

    /// <summary>Settles a pending or a whole group as posted or voided.</summary>
    public static void Settle(TransactionExecution execution, ulong first, int size, PendingState to, long? part)
    {
        for (var i = 0UL; i < (ulong)size; i++)
        {
            execution.Settled(Settle(execution.State, first + i, to, part));
        }
    }

    /// <summary>
    /// Ends one pending: what was set aside is released in both accounts, and what is posted moves. Value that comes back is
    /// always applied, whatever the accounts' flags, floors and ceilings say.
    /// </summary>
    public static Settlement Settle(ChainState state, ulong number, PendingState to, long? part)
    {
        ref var pending = ref state.Pendings.Write(number);
        pending.State = to;
        state.Pendings.Ended();
        var posted = to == PendingState.Posted ? part ?? pending.Amount : 0;
        ref var debit = ref state.Accounts.Touch(pending.Debit);
        debit.PendingOut -= pending.Amount;
        debit.Posted -= posted;
        ref var credit = ref state.Accounts.Touch(pending.Credit);
        credit.PendingIn -= pending.Amount;
        credit.Posted += posted;
        if (debit.PendingOut < 0 || credit.PendingIn < 0)
        {
            throw new BrokenInvariantException($"settling pending {number} left less than nothing set aside");
        }

        return new Settlement(new PendingNumber(number), new AccountNumber(pending.Debit), new AccountNumber(pending.Credit), posted, pending.Amount - posted);
    }
}
