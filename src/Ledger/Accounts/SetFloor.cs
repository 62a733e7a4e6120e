using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Accounts;

/// <summary>Sets how far an account may go down; by the issuer. It undoes nothing: it only refuses later debits.</summary>
public readonly record struct SetFloor(AccountReference Account, long Floor, bool Linked = false) : IOperation<SetFloor>
{
    internal const int NoFloorBit = 1;

    public OperationType Type => OperationType.SetFloor;

    static SetFloor IOperation<SetFloor>.Read(ref WireReader reader, OperationFlags flags)
    {
        var account = AccountReference.Read(ref reader);
        return new SetFloor(account, flags.Has(NoFloorBit) ? AccountLimits.NoFloor : AccountLimits.ReadFloor(ref reader), flags.Linked);
    }

    void IOperation<SetFloor>.Check(OperationStructure structure) => structure.Account(Account);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(NoFloorBit, Floor == AccountLimits.NoFloor));
        Account.Write(writer);
        if (Floor != AccountLimits.NoFloor)
        {
            writer.Zigzag(Floor);
        }
    }
}
