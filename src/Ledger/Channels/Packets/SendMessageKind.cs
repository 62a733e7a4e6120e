using System.Text;
using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Packets;

internal sealed class SendMessageKind : OperationKind<SendMessage>
{
    public override OperationType Type => OperationType.SendMessage;

    public override CreatedKind Creates => CreatedKind.Packet;

    protected override byte AllowedFlags => 1 << SendMessage.PeerBit;

    protected override void Authorize(in SendMessage operation, AuthorityPass pass)
    {
        pass.Create(CreatedKind.Packet);
        pass.RequireOwner(operation.Sender, Outcome.AccountNotFound);
    }

    protected override Outcome Execute(in SendMessage operation, TransactionExecution execution)
    {
        var outcome = AccountSettingRules.CheckOpen(operation.Sender, execution, out var sender, out _);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        if (execution.Channel(operation.Channel, out var channel) is var found and not Outcome.Committed)
        {
            return found;
        }

        outcome = SendingRules.Check(channel, operation.Peer, operation.Timeout, execution);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        var packet = Packet.Of(operation, new AccountNumber(sender), Encoding.Latin1.GetBytes(operation.Handler));
        PacketPosting.Send(packet, channel, route: 0, execution);
        return Outcome.Committed;
    }
}
