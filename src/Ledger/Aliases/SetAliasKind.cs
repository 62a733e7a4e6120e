using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Aliases;

internal sealed class SetAliasKind : OperationKind<SetAlias>
{
    public override OperationType Type => OperationType.SetAlias;

    protected override void Authorize(in SetAlias operation, AuthorityPass pass) => pass.RequireOwner(operation.Account, Outcome.AccountNotFound);

    protected override Outcome Execute(in SetAlias operation, TransactionExecution execution)
    {
        var outcome = AccountSettingRules.CheckOpen(operation.Account, execution, out var number, out var account);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        var aliases = execution.State.Aliases;
        if (aliases.Find(account.Owner, operation.Alias) is not null)
        {
            return Outcome.AliasTaken;
        }

        if (aliases.Count >= Limits.AliasesMax)
        {
            return Outcome.TableFull;
        }

        aliases.Add(number, account.Owner, operation.Alias);
        return Outcome.Committed;
    }
}
