using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Packets;

/// <summary>Sends and refunds packets. Everything was checked before; nothing here can fail.</summary>
internal static class PacketPosting
{
    /// <summary>Gives the packet the channel's next sequence, remembers it until it is settled, and commits it with the block.</summary>
    public static void Send(in Packet packet, uint channel, uint route, TransactionExecution execution)
    {
        var state = execution.State;
        ref readonly var record = ref state.Channels.Read(channel);
        var sequence = record.Sent + state.Journal.SentBy(channel) + 1;
        state.Channels.WritePacket(record.SlotOf(sequence)) = new PacketRecord
        {
            Amount = packet.Amount,
            Sender = packet.Sender.Value,
            State = PacketState.Sent,
            TimeoutMs = packet.Timeout.Ms,
            Route = route,
            Height = execution.Height,
        };
        packet.Write(execution.Packet);
        state.Journal.Send(channel, execution.Packet, packet.Timeout.Ms);
        execution.Created(sequence);
    }

    /// <summary>
    /// Gives a packet's value back from the route's account. Always applied: frozen, closed, floor and ceiling do not stop value that
    /// returns. What would leave 64 bits stays in the route's account, since no account can hold it: the owner has filled the account to the last of
    /// 2^63 units meanwhile. A message has nothing to give back.
    /// </summary>
    public static void Refund(ChainState state, in ChannelRecord channel, ulong sequence, Outcome why)
    {
        var packet = state.Channels.Packet(channel.SlotOf(sequence));
        if (packet.Route == 0)
        {
            return;
        }

        ref readonly var route = ref state.Routes.Read(packet.Route);
        ref var debit = ref state.Accounts.Touch(route.Account);
        ref var credit = ref state.Accounts.Touch(packet.Sender);
        var room = Int128.Min((Int128)long.MaxValue - credit.Posted - credit.PendingIn, (Int128)debit.Posted - long.MinValue);
        var amount = (long)Int128.Clamp(room, 0, packet.Amount);
        debit.Posted -= amount;
        credit.Posted += amount;
        state.Journal.Note(new PacketEffect(channel.Number, sequence, new AccountNumber(route.Account), new AccountNumber(packet.Sender), amount, why));
    }

    /// <summary>Credits a packet that was received to its recipient from the route's account.</summary>
    public static void Credit(ChainState state, in RouteRecord route, uint number, ulong sequence, in Packet packet, ulong timeMs)
    {
        state.Accounts.Touch(route.Account).Posted -= packet.Amount;
        state.Accounts.Touch(packet.Recipient.Value).Posted += packet.Amount;
        RouteLimit.CountReceived(state.Routes, number, packet.Amount, timeMs);
        state.Journal.Note(new PacketEffect(route.Channel, sequence, new AccountNumber(route.Account), packet.Recipient, packet.Amount, Outcome.Committed));
    }
}
