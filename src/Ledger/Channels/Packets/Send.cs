using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Packets;

/// <summary>
/// Sends value over a channel: a transfer to the route's account here, and a packet that the peer credits to <paramref name="Recipient"/> from its
/// own account of the route, before <paramref name="Timeout"/> by the peer's time. Otherwise all of it comes back. Signed by the owner of the debited
/// account. <paramref name="Peer"/> makes what is signed name the peer by its genesis hash, and not only by a number that somebody told.
/// </summary>
/// <param name="Debit">The account that pays, and that a refund goes back to.</param>
/// <param name="Through">The account of a route: escrow, or issuer of the voucher.</param>
/// <param name="Recipient">The account on the peer.</param>
/// <param name="Amount">Minor units, 1 to 2^63-1.</param>
/// <param name="Timeout">At most 30 days ahead.</param>
/// <param name="Delivers">The pending on the peer that this delivery pays.</param>
/// <param name="Memo">At most 64 bytes for the recipient.</param>
/// <param name="Peer">The peer's genesis hash.</param>
/// <param name="Linked">It and the next operation are one run.</param>
public readonly record struct Send(
    AccountReference Debit,
    AccountNumber Through,
    AccountNumber Recipient,
    long Amount,
    Timestamp Timeout,
    PendingNumber? Delivers = null,
    ReadOnlyMemory<byte> Memo = default,
    Hash256? Peer = null,
    bool Linked = false) : IOperation<Send>
{
    internal const int MemoBit = 1;
    internal const int PeerBit = 2;
    internal const int DeliveryBit = 3;

    public OperationType Type => OperationType.Send;

    static Send IOperation<Send>.Read(ref WireReader reader, OperationFlags flags)
    {
        var debit = AccountReference.Read(ref reader);
        var through = AccountReference.Read(ref reader);
        if (through.IsCreated)
        {
            throw new MalformedException("a send goes through a route's account, which is named by its number");
        }

        return new Send(
            debit,
            new AccountNumber(through.Value),
            new AccountNumber(reader.Varint(1, Limits.AccountsMax, "recipient")),
            AmountCodec.Read(ref reader),
            new Timestamp(reader.U48()),
            flags.Has(DeliveryBit) ? new PendingNumber(reader.Varint(1, ulong.MaxValue, "pending")) : null,
            flags.Has(MemoBit) ? reader.Bytes8(1, Limits.MemoBytesMax, "memo").ToArray() : default(ReadOnlyMemory<byte>),
            flags.Has(PeerBit) ? reader.Hash() : null,
            flags.Linked);
    }

    void IOperation<Send>.Check(OperationStructure structure) => structure.Account(Debit);

    public void Write(WireWriter writer)
    {
        var flags = OperationFlags.Bit(MemoBit, !Memo.IsEmpty) | OperationFlags.Bit(PeerBit, Peer is not null) | OperationFlags.Bit(DeliveryBit, Delivers is not null);
        OperationFlags.Write(writer, Type, Linked, flags);
        Debit.Write(writer);
        AccountReference.Numbered(Through).Write(writer);
        writer.Varint(Recipient.Value);
        AmountCodec.Write(writer, Amount);
        writer.U48(Timeout.Ms);
        if (Delivers is { } pending)
        {
            writer.Varint(pending.Value);
        }

        if (!Memo.IsEmpty)
        {
            writer.Bytes8(Memo.Span);
        }

        if (Peer is { } peer)
        {
            writer.Hash(peer);
        }
    }
}
