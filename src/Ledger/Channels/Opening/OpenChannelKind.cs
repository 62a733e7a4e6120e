using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Opening;

internal sealed class OpenChannelKind : OperationKind<OpenChannel>
{
    public override OperationType Type => OperationType.OpenChannel;

    public override CreatedKind Creates => CreatedKind.Channel;

    protected override byte AllowedFlags => 1 << OpenChannel.AnswerBit;

    protected override void Authorize(in OpenChannel operation, AuthorityPass pass)
    {
        pass.Create(CreatedKind.Channel);
        pass.RequireOperator();
    }

    protected override Outcome Execute(in OpenChannel operation, TransactionExecution execution)
    {
        if (execution.Peer(operation.Peer, out var number) is var found and not Outcome.Committed)
        {
            return found;
        }

        var state = execution.State;
        if (state.Peers.Read(number).IsFrozen)
        {
            return Outcome.PeerFrozen;
        }

        if (operation.PeerChannel != 0 && state.Channels.IsJoined(number, operation.PeerChannel))
        {
            return Outcome.PeerChannelTaken;
        }

        if (state.Channels.Count >= Limits.ChannelsMax)
        {
            return Outcome.TableFull;
        }

        execution.Created(state.Channels.Open(new ChannelRecord
        {
            Peer = number,
            PeerChannel = operation.PeerChannel,
            State = operation.PeerChannel == 0 ? ChannelState.Init : ChannelState.Try,
            InFlightMax = operation.InFlightMax,
            PeerGenesis = state.Peers.Read(number).Genesis,
        }));
        return Outcome.Committed;
    }
}
