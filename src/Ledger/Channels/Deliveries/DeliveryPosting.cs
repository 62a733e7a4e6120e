using Actors.Ledger.Blocks;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Channels.Deliveries;

/// <summary>Opens a payment on delivery, and carries it out. Everything was checked before; nothing here can fail.</summary>
internal static class DeliveryPosting
{
    public static void Open(in PendingDelivery operation, Movement movement, uint route, ulong recipient, TransactionExecution execution)
    {
        var state = execution.State;
        var pending = PendingPosting.Open(execution, movement, operation.Amount, operation.Timeout, decider: 0);
        state.Pendings.Write(pending).Delivery = state.Deliveries.Open(new DeliveryRecord
        {
            Pending = pending,
            Sender = operation.Sender.Value,
            Recipient = recipient,
            Amount = operation.Delivered,
            Route = route,
        });
    }

    public static void Pay(PendingNumber pending, TransactionExecution execution) =>
        execution.State.Journal.Note(PacketEffect.Of(PendingPosting.Settle(execution.State, pending.Value, PendingState.Posted, part: null)));
}
