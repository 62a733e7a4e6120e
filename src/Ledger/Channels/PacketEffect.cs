using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels;

/// <summary>
/// What a packet moved on this chain when it was received or refunded, with which statements of both accounts are proven; or, with
/// <paramref name="Posted"/>, the payment that its delivery carried out. The outcome is Committed for a packet received, and for a refund says why.
/// </summary>
public readonly record struct PacketEffect(uint Channel, ulong Sequence, AccountNumber Debit, AccountNumber Credit, long Amount, Outcome Outcome, Settlement? Posted = null)
{
    /// <summary>A packet was not received at its peer, or not accepted, and its value went back.</summary>
    public bool IsRefund => Outcome != Outcome.Committed;

    internal static PacketEffect Of(in Settlement posted) => new(0, 0, posted.Debit, posted.Credit, posted.Posted, Outcome.Committed, posted);

    internal void Write(WireWriter writer)
    {
        writer.Varint(Channel);
        if (Posted is { } settlement)
        {
            settlement.Write(writer);
            return;
        }

        writer.Varint(Sequence);
        writer.Varint(Debit.Value);
        writer.Varint(Credit.Value);
        AmountCodec.Write(writer, Amount);
        writer.Varint((ulong)Outcome);
    }

    internal static PacketEffect Read(ref WireReader reader)
    {
        var channel = (uint)reader.Varint(0, Limits.ChannelsMax, "channel");
        return channel == 0
            ? Of(Settlement.Read(ref reader))
            : new PacketEffect(
                channel,
                reader.Varint(1, ulong.MaxValue, "sequence"),
                new AccountNumber(reader.Varint(1, Limits.AccountsMax, "debit account")),
                new AccountNumber(reader.Varint(1, Limits.AccountsMax, "credit account")),
                AmountCodec.Read(ref reader),
                (Outcome)reader.Varint(0, ushort.MaxValue, "outcome"));
    }
}
