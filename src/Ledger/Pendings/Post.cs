using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Pendings;

/// <summary>
/// Carries out a pending, in full or (with <paramref name="Part"/>) only a smaller amount, the rest being released; or a whole group,
/// named by its first pending. By the decider, before the timeout.
/// </summary>
public readonly record struct Post(EntityReference Pending, long? Part = null, bool Linked = false) : IOperation<Post>
{
    internal const int PartBit = 1;

    public OperationType Type => OperationType.Post;

    static Post IOperation<Post>.Read(ref WireReader reader, OperationFlags flags)
    {
        var pending = EntityReference.Read(ref reader, "pending");
        return new Post(pending, flags.Has(PartBit) ? AmountCodec.Read(ref reader) : null, flags.Linked);
    }

    void IOperation<Post>.Check(OperationStructure structure) => structure.Pending(Pending);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(PartBit, Part is not null));
        Pending.Write(writer);
        if (Part is { } part)
        {
            AmountCodec.Write(writer, part);
        }
    }
}
