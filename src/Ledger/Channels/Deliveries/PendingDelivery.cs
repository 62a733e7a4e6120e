using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Deliveries;

/// <summary>
/// Sets a payment aside that nobody decides but a delivery over a channel: a packet that names this pending, of exactly this value over this route
/// from this account of the peer to this account here, posts it and is credited in one step. Otherwise it expires. Signed by the owner of the
/// debited account. It is never part of a group.
/// </summary>
/// <param name="Debit">Pays.</param>
/// <param name="Credit">Is paid.</param>
/// <param name="Amount">The payment, in minor units of the paying asset.</param>
/// <param name="Timeout">Block time, at most ten years ahead.</param>
/// <param name="Through">The account of the route over which the delivery comes.</param>
/// <param name="Sender">The account on the peer that delivers.</param>
/// <param name="Delivered">The delivery, in minor units of the delivered asset.</param>
/// <param name="Recipient">The account here that the delivery is for.</param>
/// <param name="Linked">It and the next operation are one run.</param>
public readonly record struct PendingDelivery(
    AccountReference Debit,
    AccountReference Credit,
    long Amount,
    Timestamp Timeout,
    AccountNumber Through,
    AccountNumber Sender,
    long Delivered,
    AccountReference Recipient,
    bool Linked = false) : IOperation<PendingDelivery>
{
    public OperationType Type => OperationType.PendingDelivery;

    static PendingDelivery IOperation<PendingDelivery>.Read(ref WireReader reader, OperationFlags flags) => new(
        AccountReference.Read(ref reader),
        AccountReference.Read(ref reader),
        AmountCodec.Read(ref reader),
        new Timestamp(reader.U48()),
        new AccountNumber(reader.Varint(1, Limits.AccountsMax, "route's account")),
        new AccountNumber(reader.Varint(1, Limits.AccountsMax, "sender")),
        AmountCodec.Read(ref reader),
        AccountReference.Read(ref reader),
        flags.Linked);

    void IOperation<PendingDelivery>.Check(OperationStructure structure)
    {
        structure.Account(Debit);
        structure.Account(Credit);
        structure.Account(Recipient);
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Debit.Write(writer);
        Credit.Write(writer);
        AmountCodec.Write(writer, Amount);
        writer.U48(Timeout.Ms);
        writer.Varint(Through.Value);
        writer.Varint(Sender.Value);
        AmountCodec.Write(writer, Delivered);
        Recipient.Write(writer);
    }
}
