using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Keysets;

/// <summary>Replaces the keys and threshold of a keyset; signed under the old ones.</summary>
public readonly record struct ChangeKeyset(EntityReference Keyset, KeysetDefinition Definition, bool Linked = false) : IOperation<ChangeKeyset>
{
    public OperationType Type => OperationType.ChangeKeyset;

    static ChangeKeyset IOperation<ChangeKeyset>.Read(ref WireReader reader, OperationFlags flags) =>
        new(EntityReference.Read(ref reader, "keyset"), KeysetDefinition.Read(ref reader), flags.Linked);

    void IOperation<ChangeKeyset>.Check(OperationStructure structure) => structure.Keyset(Keyset);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Keyset.Write(writer);
        Definition.Write(writer);
    }
}
