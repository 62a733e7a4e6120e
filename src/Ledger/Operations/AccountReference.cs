using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>
/// Names an account: by its number, or as a member (<paramref name="Offset"/> from 0) of the range that the k-th creating
/// operation of the same transaction opened.
/// </summary>
public readonly record struct AccountReference(ulong Value, bool IsCreated, ulong Offset)
{
    public static AccountReference Numbered(AccountNumber number) => new(number.Value, false, 0);

    public static AccountReference Created(int index, ulong offset = 0) => new((ulong)index, true, offset);

    internal static AccountReference Read(ref WireReader reader)
    {
        var encoded = reader.Varint();
        if ((encoded & 1) == 1)
        {
            return new AccountReference(encoded >> 1, true, reader.Varint(0, Limits.AccountsPerOpenMax - 1, "offset into the range"));
        }

        return encoded > 0 ? new AccountReference(encoded >> 1, false, 0) : throw new MalformedException("account number is 0, numbers start at 1");
    }

    internal void Write(WireWriter writer)
    {
        writer.Varint((Value << 1) | (IsCreated ? 1UL : 0));
        if (IsCreated)
        {
            writer.Varint(Offset);
        }
    }

    public override string ToString() => IsCreated ? $"@{Value}+{Offset}" : Value.ToString();
}
