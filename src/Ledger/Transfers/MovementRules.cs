using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Transfers;

/// <summary>The two accounts of a transfer or pending, resolved.</summary>
internal readonly record struct Movement(ulong Debit, ulong Credit);

/// <summary>Which side of a movement is the account of a route: a system account, as that side alone may be.</summary>
internal enum ChannelSide
{
    None,
    Debit,
    Credit,
}

/// <summary>
/// The ladder that every movement of value between two accounts goes down, in the documented order: exist, differ, amount,
/// asset, system, frozen, closed, overflow (also of what is set aside, for a pending), floor, ceiling. Touches nothing.
/// </summary>
internal static class MovementRules
{
    public static Outcome Check(in AccountReference debitReference, in AccountReference creditReference, long amount, bool setsAside, TransactionExecution execution, out Movement movement)
    {
        movement = default;
        if (execution.Account(debitReference, Outcome.DebitAccountNotFound, out var debitNumber) is var debitFound and not Outcome.Committed)
        {
            return debitFound;
        }

        if (execution.Account(creditReference, Outcome.CreditAccountNotFound, out var creditNumber) is var creditFound and not Outcome.Committed)
        {
            return creditFound;
        }

        if (debitNumber == creditNumber)
        {
            return Outcome.SameAccount;
        }

        if (amount == 0)
        {
            return Outcome.ZeroAmount;
        }

        var accounts = execution.State.Accounts;
        accounts.TryRead(debitNumber, out var debit);
        accounts.TryRead(creditNumber, out var credit);
        movement = new Movement(debitNumber, creditNumber);
        return Check(debit, credit, amount, setsAside, ChannelSide.None);
    }

    /// <summary>The same between an account and that of a route, both of which exist.</summary>
    public static Outcome CheckThroughRoute(ulong debitNumber, ulong creditNumber, long amount, ChannelSide side, AccountTable accounts)
    {
        if (amount == 0)
        {
            return Outcome.ZeroAmount;
        }

        accounts.TryRead(debitNumber, out var debit);
        accounts.TryRead(creditNumber, out var credit);
        return Check(debit, credit, amount, setsAside: false, side);
    }

    private static Outcome Check(in AccountRecord debit, in AccountRecord credit, long amount, bool setsAside, ChannelSide side)
    {
        if (debit.Asset != credit.Asset)
        {
            return Outcome.AssetMismatch;
        }

        if ((side != ChannelSide.Debit && debit.Flags.HasFlag(AccountFlags.System)) || (side != ChannelSide.Credit && credit.Flags.HasFlag(AccountFlags.System)))
        {
            return Outcome.SystemAccount;
        }

        if ((debit.Flags & AccountFlags.Frozen) != 0)
        {
            return Outcome.DebitAccountFrozen;
        }

        if ((credit.Flags & AccountFlags.Frozen) != 0)
        {
            return Outcome.CreditAccountFrozen;
        }

        if ((debit.Flags & AccountFlags.Closed) != 0 && (Int128)debit.Posted - debit.PendingOut < amount)
        {
            return Outcome.DebitAccountClosed;
        }

        if ((credit.Flags & AccountFlags.Closed) != 0)
        {
            return Outcome.CreditAccountClosed;
        }

        return CheckBalances(debit, credit, amount, setsAside);
    }

    private static Outcome CheckBalances(in AccountRecord debit, in AccountRecord credit, long amount, bool setsAside)
    {
        var low = (Int128)debit.Posted - debit.PendingOut - amount;
        var high = (Int128)credit.Posted + credit.PendingIn + amount;
        if (low < long.MinValue || high > long.MaxValue)
        {
            return Outcome.AmountOverflow;
        }

        // Between the two extremes lie 2^64 units, so without a floor more can be set aside than 63 bits hold.
        if (setsAside && ((Int128)debit.PendingOut + amount > long.MaxValue || (Int128)credit.PendingIn + amount > long.MaxValue))
        {
            return Outcome.AmountOverflow;
        }

        return low < debit.Floor ? Outcome.BelowFloor
            : high > credit.Ceiling ? Outcome.AboveCeiling
            : Outcome.Committed;
    }
}
