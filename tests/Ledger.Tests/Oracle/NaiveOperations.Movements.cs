using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>Transfers, and pendings from setting aside to their end.</summary>
public sealed partial class NaiveOperations
{
    public static NaiveState Settle(NaiveState state, ulong number, string standing, Int128 posted)
    {
        var pending = state.Pendings[number];
        var debit = state.Accounts[pending.Debit];
        state = state.With(pending.Debit, debit with { Out = debit.Out - pending.Amount, Posted = debit.Posted - posted });
        var credit = state.Accounts[pending.Credit];
        state = state.With(pending.Credit, credit with { In = credit.In - pending.Amount, Posted = credit.Posted + posted });
        return state.With(number, pending with { Standing = standing });
    }

    private Outcome? Check(in AccountReference debitReference, in AccountReference creditReference, long amount, out ulong debitNumber, out ulong creditNumber)
    {
        creditNumber = 0;
        if ((Find(debitReference, Outcome.DebitAccountNotFound, out debitNumber) ?? Find(creditReference, Outcome.CreditAccountNotFound, out creditNumber)) is { } missing)
        {
            return missing;
        }

        var (debit, credit) = (_state.Accounts[debitNumber], _state.Accounts[creditNumber]);
        return debitNumber == creditNumber ? Outcome.SameAccount
            : amount == 0 ? Outcome.ZeroAmount
            : debit.Asset != credit.Asset ? Outcome.AssetMismatch
            : debit.System || credit.System ? Outcome.SystemAccount
            : CheckStanding(debit, credit, amount);
    }

    private static Outcome? CheckStanding(NaiveAccount debit, NaiveAccount credit, long amount)
    {
        var (low, high) = (debit.Free - amount, credit.Posted + credit.In + amount);
        return debit.Frozen ? Outcome.DebitAccountFrozen
            : credit.Frozen ? Outcome.CreditAccountFrozen
            : debit.Closed && debit.Free < amount ? Outcome.DebitAccountClosed
            : credit.Closed ? Outcome.CreditAccountClosed
            : low < long.MinValue || high > long.MaxValue ? Outcome.AmountOverflow
            : null;
    }

    private static Outcome? CheckLimits(NaiveAccount debit, NaiveAccount credit, long amount) =>
        debit.Free - amount < debit.Floor ? Outcome.BelowFloor
        : credit.Posted + credit.In + amount > credit.Ceiling ? Outcome.AboveCeiling
        : null;

    private Outcome Move(ulong debitNumber, ulong creditNumber, long amount)
    {
        var (debit, credit) = (_state.Accounts[debitNumber], _state.Accounts[creditNumber]);
        return CheckLimits(debit, credit, amount)
            ?? Set(_state.With(debitNumber, debit with { Posted = debit.Posted - amount }).With(creditNumber, credit with { Posted = credit.Posted + amount }));
    }

    private Outcome SetAside(Pending pending)
    {
        if (Check(pending.Debit, pending.Credit, pending.Amount, out var debitNumber, out var creditNumber) is { } refusal)
        {
            return refusal;
        }

        var (debit, credit) = (_state.Accounts[debitNumber], _state.Accounts[creditNumber]);
        var decider = credit.Owner;
        return When(debit.Out + pending.Amount > long.MaxValue || credit.In + pending.Amount > long.MaxValue, Outcome.AmountOverflow)
            ?? CheckLimits(debit, credit, pending.Amount)
            ?? When(pending.Timeout.Ms <= timeMs, Outcome.TimeoutPassed)
            ?? When(pending.Timeout.Ms - timeMs > Limits.PendingTimeoutMsMax, Outcome.TimeoutTooFar)
            ?? (pending.Decider is { } named ? Find(named, _state.Keysets, Outcome.KeysetNotFound, out decider) : null)
            ?? When(_group is { } group && (group.TimeoutMs, group.Decider) != (pending.Timeout.Ms, decider), Outcome.GroupMismatch)
            ?? Create(1, number => Reserve(number, new NaivePending(debitNumber, creditNumber, pending.Amount, pending.Timeout.Ms, decider, number, _groupSize)), _state.Pendings.Count);
    }

    private NaiveState Reserve(ulong number, NaivePending pending)
    {
        if (_groupSize > 1)
        {
            _group ??= (number, pending.TimeoutMs, pending.Decider);
        }

        var (debit, credit) = (_state.Accounts[pending.Debit], _state.Accounts[pending.Credit]);
        return _state.With(number, pending with { First = _group?.First ?? number })
            .With(pending.Debit, debit with { Out = debit.Out + pending.Amount })
            .With(pending.Credit, credit with { In = credit.In + pending.Amount });
    }

    private Outcome Post(Post post)
    {
        if (CheckSettlement(post.Pending, out var number) is { } refusal)
        {
            return refusal;
        }

        var pending = _state.Pendings[number];
        return When(post.Part is not null && pending.Size > 1, Outcome.GroupInPart)
            ?? When(post.Part == 0, Outcome.ZeroAmount)
            ?? When(post.Part > pending.Amount, Outcome.PostAmountTooLarge)
            ?? Group(number, pending.Size).Select(member => When(_state.Accounts[member.Debit].Frozen, Outcome.DebitAccountFrozen)
                ?? When(_state.Accounts[member.Credit].Frozen, Outcome.CreditAccountFrozen)).FirstOrDefault(outcome => outcome is not null)
            ?? SettleGroup(number, "posted", post.Part);
    }

    private Outcome? CheckSettlement(EntityReference reference, out ulong number)
    {
        if (Find(reference, _state.Pendings, Outcome.PendingNotFound, out number) is { } missing)
        {
            return missing;
        }

        var pending = _state.Pendings[number];
        return pending.Standing != "open" ? Outcome.PendingNotOpen
            : pending.TimeoutMs <= timeMs ? Outcome.PendingTimedOut
            : pending.First != number ? Outcome.PendingIsGrouped
            : _settled + pending.Size > Limits.SettlementsPerTransactionMax ? Outcome.TooManySettlements
            : null;
    }

    private Outcome SettleGroup(ulong first, string standing, long? part)
    {
        var size = _state.Pendings[first].Size;
        for (var number = first; number < first + (ulong)size; number++)
        {
            _state = Settle(_state, number, standing, standing == "posted" ? part ?? _state.Pendings[number].Amount : 0);
            _settled++;
        }

        return Outcome.Committed;
    }

    private IEnumerable<NaivePending> Group(ulong first, int size) => Enumerable.Range(0, size).Select(i => _state.Pendings[first + (ulong)i]);
}
