using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Accounts;

/// <summary>Closes an account for ever; by its owner, with nothing posted and no open pendings.</summary>
public readonly record struct Close(AccountReference Account, bool Linked = false) : IOperation<Close>
{
    public OperationType Type => OperationType.Close;

    static Close IOperation<Close>.Read(ref WireReader reader, OperationFlags flags) => new(AccountReference.Read(ref reader), flags.Linked);

    void IOperation<Close>.Check(OperationStructure structure) => structure.Account(Account);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Account.Write(writer);
    }
}
