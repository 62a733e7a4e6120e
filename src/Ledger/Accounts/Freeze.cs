using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Accounts;

/// <summary>
/// Freezes an account, or thaws it with <paramref name="Unfreeze"/>; by the issuer. Frozen, it is neither debited nor credited by
/// anybody, except for value that comes back to it (void, expiry).
/// </summary>
public readonly record struct Freeze(AccountReference Account, bool Unfreeze = false, bool Linked = false) : IOperation<Freeze>
{
    internal const int UnfreezeBit = 1;

    public OperationType Type => OperationType.Freeze;

    static Freeze IOperation<Freeze>.Read(ref WireReader reader, OperationFlags flags) =>
        new(AccountReference.Read(ref reader), flags.Has(UnfreezeBit), flags.Linked);

    void IOperation<Freeze>.Check(OperationStructure structure) => structure.Account(Account);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(UnfreezeBit, Unfreeze));
        Account.Write(writer);
    }
}
