using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Assets;

internal sealed class CreateAssetKind : OperationKind<CreateAsset>
{
    public override OperationType Type => OperationType.CreateAsset;

    public override CreatedKind Creates => CreatedKind.Asset;

    protected override byte AllowedFlags => 1 << CreateAsset.RestrictedBit;

    protected override void Authorize(in CreateAsset operation, AuthorityPass pass)
    {
        pass.CreateAsset(operation.Issuer, operation.Restricted);
        pass.RequireOperator();
    }

    protected override Outcome Execute(in CreateAsset operation, TransactionExecution execution)
    {
        if (execution.Keyset(operation.Issuer, out var issuer) is var found and not Outcome.Committed)
        {
            return found;
        }

        var assets = execution.State.Assets;
        if (assets.IsTaken(operation.Code))
        {
            return Outcome.AssetCodeTaken;
        }

        if (assets.Count >= Limits.AssetsMax)
        {
            return Outcome.TableFull;
        }

        execution.Created(assets.Create(operation, issuer, execution.Height));
        return Outcome.Committed;
    }
}
