using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Pendings;

/// <summary>
/// How a pending ended: what was posted and what was released (minor units). In the block's effects, so that a statement needs
/// no other record.
/// </summary>
public readonly record struct Settlement(PendingNumber Pending, AccountNumber Debit, AccountNumber Credit, long Posted, long Released)
{
    internal void Write(WireWriter writer)
    {
        writer.Varint(Pending.Value);
        writer.Varint(Debit.Value);
        writer.Varint(Credit.Value);
        AmountCodec.Write(writer, Posted);
        AmountCodec.Write(writer, Released);
    }

    internal static Settlement Read(ref WireReader reader) => new(
        new PendingNumber(reader.Varint(1, ulong.MaxValue, "pending")),
        new AccountNumber(reader.Varint(1, Limits.AccountsMax, "debit account")),
        new AccountNumber(reader.Varint(1, Limits.AccountsMax, "credit account")),
        AmountCodec.Read(ref reader),
        AmountCodec.Read(ref reader));
}
