using Actors.Ledger.Blocks;
using Actors.Ledger.State;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Pendings;

/// <summary>Opens and settles pendings. Everything was checked before; nothing here can fail.</summary>
internal static class PendingPosting
{
    /// <summary>Opens a pending, in the group that is being executed, and gives its number. Without a decider a delivery decides.</summary>
    public static ulong Open(TransactionExecution execution, Movement movement, long amount, Timestamp timeout, uint decider)
    {
        var state = execution.State;
        var number = state.Pendings.Open(new PendingRecord
        {
            Debit = movement.Debit,
            Credit = movement.Credit,
            Amount = amount,
            TimeoutMs = timeout.Ms,
            State = PendingState.Open,
            Decider = decider,
            GroupSize = (ushort)execution.Group.Size,
        });
        state.Pendings.Write(number).GroupFirst = execution.Group.Join(number, timeout, decider);
        state.Accounts.Touch(movement.Debit).PendingOut += amount;
        state.Accounts.Touch(movement.Credit).PendingIn += amount;
        execution.Created(number);
        return number;
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
