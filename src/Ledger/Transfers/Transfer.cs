using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Transfers;

/// <summary>
/// Moves <paramref name="Amount"/> minor units (1 to 2^63-1) from one account to another of the same asset; signed by the owner of the
/// debited one. An optional reference of up to 16 bytes goes with it.
/// </summary>
public readonly record struct Transfer(AccountReference Debit, AccountReference Credit, long Amount, Reference Reference = default, bool Linked = false) : IOperation<Transfer>
{
    internal const int ReferenceBit = 1;

    public OperationType Type => OperationType.Transfer;

    static Transfer IOperation<Transfer>.Read(ref WireReader reader, OperationFlags flags)
    {
        var debit = AccountReference.Read(ref reader);
        var credit = AccountReference.Read(ref reader);
        var amount = AmountCodec.Read(ref reader);
        return new Transfer(debit, credit, amount, flags.Has(ReferenceBit) ? Reference.Read(ref reader) : default, flags.Linked);
    }

    void IOperation<Transfer>.Check(OperationStructure structure)
    {
        structure.Account(Debit);
        structure.Account(Credit);
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(ReferenceBit, !Reference.IsNone));
        Debit.Write(writer);
        Credit.Write(writer);
        AmountCodec.Write(writer, Amount);
        if (!Reference.IsNone)
        {
            Reference.Write(writer);
        }
    }
}
