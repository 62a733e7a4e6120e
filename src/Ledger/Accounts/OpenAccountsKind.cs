using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Accounts;

internal sealed class OpenAccountsKind : OperationKind<OpenAccounts>
{
    public override OperationType Type => OperationType.OpenAccounts;

    public override CreatedKind Creates => CreatedKind.Accounts;

    protected override byte AllowedFlags => (1 << OpenAccounts.FloorBit) | (1 << OpenAccounts.CeilingBit) | (1 << OpenAccounts.NoFloorBit);

    protected override void Authorize(in OpenAccounts operation, AuthorityPass pass)
    {
        pass.CreateAccounts(operation.Owner, operation.Asset, operation.Count);
        pass.RequireKeyset(operation.Owner);
        pass.RequireIssuer(operation.Asset, onlyIfRestricted: !operation.HasLimits && operation.Count <= pass.OpenWithoutIssuerMax);
    }

    protected override Outcome Execute(in OpenAccounts operation, TransactionExecution execution)
    {
        if (execution.Keyset(operation.Owner, out var owner) is var foundOwner and not Outcome.Committed)
        {
            return foundOwner;
        }

        if (execution.Asset(operation.Asset, out var asset) is var foundAsset and not Outcome.Committed)
        {
            return foundAsset;
        }

        var accounts = execution.State.Accounts;
        if (accounts.Count + operation.Count > Limits.AccountsMax)
        {
            return Outcome.TableFull;
        }

        execution.Created(accounts.Open(operation, owner, asset, execution.Height), operation.Count);
        return Outcome.Committed;
    }
}
