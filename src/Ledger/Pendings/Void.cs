using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Pendings;

/// <summary>Gives up a pending, or a whole group named by its first one: the value is released. By the decider, before the timeout.</summary>
public readonly record struct Void(EntityReference Pending, bool Linked = false) : IOperation<Void>
{
    public OperationType Type => OperationType.Void;

    static Void IOperation<Void>.Read(ref WireReader reader, OperationFlags flags) =>
        new(EntityReference.Read(ref reader, "pending"), flags.Linked);

    void IOperation<Void>.Check(OperationStructure structure) => structure.Pending(Pending);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Pending.Write(writer);
    }
}
