using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Accounts;

/// <summary>Sets how much an account may hold; by the issuer. It undoes nothing: it only refuses later credits.</summary>
public readonly record struct SetCeiling(AccountReference Account, long Ceiling, bool Linked = false) : IOperation<SetCeiling>
{
    internal const int NoCeilingBit = 1;

    public OperationType Type => OperationType.SetCeiling;

    static SetCeiling IOperation<SetCeiling>.Read(ref WireReader reader, OperationFlags flags)
    {
        var account = AccountReference.Read(ref reader);
        return new SetCeiling(account, flags.Has(NoCeilingBit) ? AccountLimits.NoCeiling : AccountLimits.ReadCeiling(ref reader), flags.Linked);
    }

    void IOperation<SetCeiling>.Check(OperationStructure structure) => structure.Account(Account);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(NoCeilingBit, Ceiling == AccountLimits.NoCeiling));
        Account.Write(writer);
        if (Ceiling != AccountLimits.NoCeiling)
        {
            writer.Zigzag(Ceiling);
        }
    }
}
