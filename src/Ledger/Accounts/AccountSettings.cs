using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Accounts;

/// <summary>
/// What the operations that set something on one account check first. The issuer's settings apply to a closed account too: value
/// may come back to it, which must then be neither stuck behind a floor or a freeze nor out of the issuer's reach.
/// </summary>
internal static class AccountSettingRules
{
    /// <summary>For the owner: the account exists, is no system account and is not closed.</summary>
    public static Outcome CheckOpen(in AccountReference reference, TransactionExecution execution, out ulong number, out AccountRecord account)
    {
        var outcome = Check(reference, execution, out number, out account);
        return outcome != Outcome.Committed ? outcome
            : account.Flags.HasFlag(AccountFlags.Closed) ? Outcome.AccountClosed
            : Outcome.Committed;
    }

    /// <summary>For the issuer: the account exists and is no system account.</summary>
    public static Outcome Check(in AccountReference reference, TransactionExecution execution, out ulong number, out AccountRecord account)
    {
        account = default;
        if (execution.Account(reference, Outcome.AccountNotFound, out number) is var found and not Outcome.Committed)
        {
            return found;
        }

        execution.State.Accounts.TryRead(number, out account);
        return account.Flags.HasFlag(AccountFlags.System) ? Outcome.SystemAccount : Outcome.Committed;
    }
}

internal sealed class SetFloorKind : OperationKind<SetFloor>
{
    public override OperationType Type => OperationType.SetFloor;

    protected override byte AllowedFlags => 1 << SetFloor.NoFloorBit;

    protected override void Authorize(in SetFloor operation, AuthorityPass pass) => pass.RequireIssuerOf(operation.Account);

    protected override Outcome Execute(in SetFloor operation, TransactionExecution execution)
    {
        var outcome = AccountSettingRules.Check(operation.Account, execution, out var number, out _);
        if (outcome == Outcome.Committed)
        {
            execution.State.Accounts.Touch(number).Floor = operation.Floor;
        }

        return outcome;
    }
}

internal sealed class SetCeilingKind : OperationKind<SetCeiling>
{
    public override OperationType Type => OperationType.SetCeiling;

    protected override byte AllowedFlags => 1 << SetCeiling.NoCeilingBit;

    protected override void Authorize(in SetCeiling operation, AuthorityPass pass) => pass.RequireIssuerOf(operation.Account);

    protected override Outcome Execute(in SetCeiling operation, TransactionExecution execution)
    {
        var outcome = AccountSettingRules.Check(operation.Account, execution, out var number, out _);
        if (outcome == Outcome.Committed)
        {
            execution.State.Accounts.Touch(number).Ceiling = operation.Ceiling;
        }

        return outcome;
    }
}

internal sealed class FreezeKind : OperationKind<Freeze>
{
    public override OperationType Type => OperationType.Freeze;

    protected override byte AllowedFlags => 1 << Freeze.UnfreezeBit;

    protected override void Authorize(in Freeze operation, AuthorityPass pass) => pass.RequireIssuerOf(operation.Account);

    protected override Outcome Execute(in Freeze operation, TransactionExecution execution)
    {
        var outcome = AccountSettingRules.Check(operation.Account, execution, out var number, out _);
        if (outcome == Outcome.Committed)
        {
            ref var account = ref execution.State.Accounts.Touch(number);
            account.Flags = operation.Unfreeze ? account.Flags & ~AccountFlags.Frozen : account.Flags | AccountFlags.Frozen;
        }

        return outcome;
    }
}

internal sealed class CloseKind : OperationKind<Close>
{
    public override OperationType Type => OperationType.Close;

    protected override void Authorize(in Close operation, AuthorityPass pass) => pass.RequireOwner(operation.Account, Outcome.AccountNotFound);

    protected override Outcome Execute(in Close operation, TransactionExecution execution)
    {
        var outcome = AccountSettingRules.CheckOpen(operation.Account, execution, out var number, out var account);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        if (account.PendingIn != 0 || account.PendingOut != 0)
        {
            return Outcome.AccountHasPendings;
        }

        if (account.Posted != 0)
        {
            return Outcome.AccountNotEmpty;
        }

        execution.State.Accounts.Touch(number).Flags |= AccountFlags.Closed;
        return Outcome.Committed;
    }
}
