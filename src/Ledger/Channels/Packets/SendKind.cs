using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Channels.Packets;

internal sealed class SendKind : OperationKind<Send>
{
    public override OperationType Type => OperationType.Send;

    public override CreatedKind Creates => CreatedKind.Packet;

    protected override byte AllowedFlags => (1 << Send.MemoBit) | (1 << Send.PeerBit) | (1 << Send.DeliveryBit);

    protected override void Authorize(in Send operation, AuthorityPass pass)
    {
        pass.Create(CreatedKind.Packet);
        pass.RequireOwner(operation.Debit, Outcome.DebitAccountNotFound);
    }

    protected override Outcome Execute(in Send operation, TransactionExecution execution)
    {
        if (execution.Account(operation.Debit, Outcome.DebitAccountNotFound, out var debit) is var found and not Outcome.Committed)
        {
            return found;
        }

        var state = execution.State;
        if (!state.Routes.TryFindAccount(operation.Through.Value, out var number))
        {
            return Outcome.RouteNotFound;
        }

        var route = state.Routes.Read(number);
        var outcome = MovementRules.CheckThroughRoute(debit, route.Account, operation.Amount, ChannelSide.Credit, state.Accounts);
        if (outcome == Outcome.Committed)
        {
            outcome = SendingRules.Check(route.Channel, operation.Peer, operation.Timeout, execution);
        }

        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        if (!RouteLimit.AllowsSending(route, operation.Amount, execution.TimeMs))
        {
            return Outcome.RateLimited;
        }

        Post(operation, debit, number, route, execution);
        return Outcome.Committed;
    }

    private static void Post(in Send operation, ulong debit, uint number, in RouteRecord route, TransactionExecution execution)
    {
        var state = execution.State;
        state.Accounts.Touch(debit).Posted -= operation.Amount;
        state.Accounts.Touch(route.Account).Posted += operation.Amount;
        RouteLimit.CountSent(state.Routes, number, operation.Amount, execution.TimeMs);
        PacketPosting.Send(Packet.Of(operation, new AccountNumber(debit), route), route.Channel, number, execution);
    }
}
