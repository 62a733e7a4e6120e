using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Messages;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Settling;

/// <summary>
/// Accepts one packet that was proven, or says why not: the ladder of a movement between the route's account and the recipient, and what is
/// before and after it. A packet that is not accepted changes nothing, and is never skipped.
/// </summary>
internal static class Acceptance
{
    public static Outcome Take(ReadOnlySpan<byte> bytes, uint channel, ulong sequence, TransactionExecution execution)
    {
        if (bytes.Length > Limits.PacketBytesMax)
        {
            return Outcome.PacketMalformed;
        }

        Packet packet;
        try
        {
            packet = Packet.Parse(bytes);
        }
        catch (MalformedException)
        {
            // The peer sealed it; to refuse the receive would stop everything behind it.
            return Outcome.PacketMalformed;
        }

        return packet.Timeout.Ms <= execution.TimeMs ? Outcome.PacketTimedOut
            : packet.IsMessage ? MessageHandlers.Handle(packet, channel, execution)
            : TakeValue(packet, channel, sequence, execution);
    }

    private static Outcome TakeValue(in Packet packet, uint channel, ulong sequence, TransactionExecution execution)
    {
        var state = execution.State;
        if (!state.Routes.TryFindPacket(channel, packet.IsHomeward, packet.Asset.Value, out var number))
        {
            return Outcome.RouteNotFound;
        }

        ref readonly var route = ref state.Routes.Read(number);
        if (!state.Accounts.Exists(packet.Recipient.Value))
        {
            return Outcome.CreditAccountNotFound;
        }

        var outcome = MovementRules.CheckThroughRoute(route.Account, packet.Recipient.Value, packet.Amount, ChannelSide.Debit, state.Accounts);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        if (!RouteLimit.AllowsReceiving(route, packet.Amount, execution.TimeMs))
        {
            return Outcome.RateLimited;
        }

        if (packet.Delivers.Value > 0)
        {
            outcome = DeliveryRules.Check(packet, number, execution);
            if (outcome != Outcome.Committed)
            {
                return outcome;
            }

            DeliveryPosting.Pay(packet.Delivers, execution);
        }

        PacketPosting.Credit(state, route, number, sequence, packet, execution.TimeMs);
        return Outcome.Committed;
    }
}
