using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Routes;

internal sealed class OpenRouteKind : OperationKind<OpenRoute>
{
    public override OperationType Type => OperationType.OpenRoute;

    public override CreatedKind Creates => CreatedKind.Route;

    protected override byte AllowedFlags => 1 << OpenRoute.VoucherBit;

    protected override void Authorize(in OpenRoute operation, AuthorityPass pass)
    {
        pass.Create(CreatedKind.Route);
        pass.RequireOperator();
        if (operation.Voucher is null)
        {
            pass.RequireIssuer(operation.Asset, onlyIfRestricted: true);
        }
    }

    protected override Outcome Execute(in OpenRoute operation, TransactionExecution execution)
    {
        if (execution.Channel(operation.Channel, out var channel) is var found and not Outcome.Committed)
        {
            return found;
        }

        var state = execution.State;
        if (state.Channels.Read(channel).State == ChannelState.Abandoned)
        {
            return Outcome.ChannelAbandoned;
        }

        if (state.Routes.Count >= Limits.RoutesMax || state.Accounts.Count >= Limits.AccountsMax)
        {
            return Outcome.TableFull;
        }

        return operation.Voucher is { } voucher ? OpenAway(channel, voucher, execution) : OpenAtHome(channel, operation.Asset, execution);
    }

    private static Outcome OpenAtHome(uint channel, EntityReference reference, TransactionExecution execution)
    {
        if (execution.Asset(reference, out var asset) is var found and not Outcome.Committed)
        {
            return found;
        }

        if (execution.State.Routes.IsTaken(channel, asset))
        {
            return Outcome.RouteTaken;
        }

        Open(execution, channel, asset, peerAsset: 0, floor: 0);
        return Outcome.Committed;
    }

    private static Outcome OpenAway(uint channel, in Voucher voucher, TransactionExecution execution)
    {
        var state = execution.State;
        if (state.Routes.TryFindPacket(channel, homeward: false, voucher.PeerAsset, out _))
        {
            return Outcome.RouteTaken;
        }

        if (state.Assets.IsTaken(voucher.Code))
        {
            return Outcome.AssetCodeTaken;
        }

        if (state.Assets.Count >= Limits.AssetsMax)
        {
            return Outcome.TableFull;
        }

        var asset = state.Assets.CreateVoucher(voucher, channel, state.Chain.Operator, execution.Height);
        Open(execution, channel, asset, voucher.PeerAsset, AccountLimits.NoFloor);
        return Outcome.Committed;
    }

    private static void Open(TransactionExecution execution, uint channel, uint asset, uint peerAsset, long floor)
    {
        ChainState state = execution.State;
        var account = state.Accounts.OpenSystem(state.Chain.Operator, asset, floor, execution.Height);
        execution.Created(state.Routes.Open(new RouteRecord
        {
            Channel = channel,
            Asset = asset,
            Account = account,
            PeerAsset = peerAsset,
            OpenedAt = execution.Height,
        }));
    }
}
