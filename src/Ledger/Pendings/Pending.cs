using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Pendings;

/// <summary>
/// Sets value aside in both accounts until <paramref name="Timeout"/> (block time, at most ten years ahead). The decider, by default the
/// owner of the credited account, posts or voids it; the debtor can only wait. Linked pendings form one group.
/// </summary>
public readonly record struct Pending(AccountReference Debit, AccountReference Credit, long Amount, Timestamp Timeout, EntityReference? Decider = null, Reference Reference = default, bool Linked = false) : IOperation<Pending>
{
    internal const int ReferenceBit = 1;
    internal const int DeciderBit = 2;

    public OperationType Type => OperationType.Pending;

    static Pending IOperation<Pending>.Read(ref WireReader reader, OperationFlags flags)
    {
        var debit = AccountReference.Read(ref reader);
        var credit = AccountReference.Read(ref reader);
        var amount = AmountCodec.Read(ref reader);
        var timeout = new Timestamp(reader.U48());
        var decider = flags.Has(DeciderBit) ? EntityReference.Read(ref reader, "keyset") : (EntityReference?)null;
        return new Pending(debit, credit, amount, timeout, decider, flags.Has(ReferenceBit) ? Reference.Read(ref reader) : default, flags.Linked);
    }

    void IOperation<Pending>.Check(OperationStructure structure)
    {
        structure.Account(Debit);
        structure.Account(Credit);
        if (Decider is { } decider)
        {
            structure.Keyset(decider);
        }
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(ReferenceBit, !Reference.IsNone) | OperationFlags.Bit(DeciderBit, Decider is not null));
        Debit.Write(writer);
        Credit.Write(writer);
        AmountCodec.Write(writer, Amount);
        writer.U48(Timeout.Ms);
        Decider?.Write(writer);
        if (!Reference.IsNone)
        {
            Reference.Write(writer);
        }
    }
}
