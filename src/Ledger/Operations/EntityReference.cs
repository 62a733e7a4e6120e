using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>
/// Names a keyset, asset or pending: by its number, or as the k-th thing (from 0) created earlier in the same transaction.
/// </summary>
public readonly record struct EntityReference(ulong Value, bool IsCreated)
{
    public static EntityReference Numbered(ulong number) => new(number, false);

    public static EntityReference Created(int index) => new((ulong)index, true);

    internal static EntityReference Read(ref WireReader reader, string what)
    {
        var encoded = reader.Varint();
        var reference = new EntityReference(encoded >> 1, (encoded & 1) == 1);
        return reference.IsCreated || reference.Value > 0 ? reference : throw new MalformedException($"{what} number is 0, numbers start at 1");
    }

    internal void Write(WireWriter writer) => writer.Varint((Value << 1) | (IsCreated ? 1UL : 0));

    public override string ToString() => IsCreated ? $"@{Value}" : Value.ToString();
}
