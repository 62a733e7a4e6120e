using System.Text;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Aliases;

/// <summary>Names an account; the name is unique among those of its owner keyset and stays. Signed by the owner.</summary>
public readonly record struct SetAlias(AccountReference Account, string Alias, bool Linked = false) : IOperation<SetAlias>
{
    public OperationType Type => OperationType.SetAlias;

    static SetAlias IOperation<SetAlias>.Read(ref WireReader reader, OperationFlags flags) => new(
        AccountReference.Read(ref reader),
        Encoding.Latin1.GetString(reader.Bytes8(1, Limits.AliasBytesMax, "alias")),
        flags.Linked);

    void IOperation<SetAlias>.Check(OperationStructure structure)
    {
        structure.Account(Account);
        foreach (var c in Alias)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '_' or '-'))
            {
                throw new MalformedException("alias has a character outside a-z 0-9 . _ -");
            }
        }
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Account.Write(writer);
        writer.Bytes8(Encoding.Latin1.GetBytes(Alias));
    }
}
