using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Keysets;

/// <summary>Creates a keyset. Its own keys sign, which proves that somebody holds them.</summary>
public readonly record struct OpenKeyset(KeysetDefinition Keyset, bool Linked = false) : IOperation<OpenKeyset>
{
    public OperationType Type => OperationType.OpenKeyset;

    static OpenKeyset IOperation<OpenKeyset>.Read(ref WireReader reader, OperationFlags flags) =>
        new(KeysetDefinition.Read(ref reader), flags.Linked);

    void IOperation<OpenKeyset>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Keyset.Write(writer);
    }
}
