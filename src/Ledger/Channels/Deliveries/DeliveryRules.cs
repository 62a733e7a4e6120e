using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Deliveries;

/// <summary>Whether a packet is the delivery that its pending waits for, and the payment can be posted. Touches nothing.</summary>
internal static class DeliveryRules
{
    public static Outcome Check(in Packet packet, uint route, TransactionExecution execution)
    {
        var pendings = execution.State.Pendings;
        var number = packet.Delivers.Value;
        if (!pendings.Exists(number))
        {
            return Outcome.PendingNotFound;
        }

        if (!pendings.IsKept(number))
        {
            return Outcome.PendingNotOpen;
        }

        ref readonly var pending = ref pendings.Read(number);
        if (pending.State != PendingState.Open)
        {
            return Outcome.PendingNotOpen;
        }

        if (pending.TimeoutMs <= execution.TimeMs)
        {
            return Outcome.PendingTimedOut;
        }

        if (!pending.IsDecidedByDelivery || !IsAgreed(packet, route, execution.State.Deliveries.Read(pending.Delivery)))
        {
            return Outcome.DeliveryMismatch;
        }

        return PostKind.CheckFrozen(number, size: 1, execution.State);
    }

    private static bool IsAgreed(in Packet packet, uint route, in DeliveryRecord agreed) =>
        agreed.Route == route
        && agreed.Sender == packet.Sender.Value
        && agreed.Recipient == packet.Recipient.Value
        && agreed.Amount == packet.Amount;
}
