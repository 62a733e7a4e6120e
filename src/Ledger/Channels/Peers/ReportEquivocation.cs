using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Peers;

/// <summary>Shows that a peer sealed two headers that cannot both be true, which freezes every channel to it. By proof alone.</summary>
public readonly record struct ReportEquivocation(uint Peer, Equivocation Equivocation) : IOperation<ReportEquivocation>
{
    public OperationType Type => OperationType.ReportEquivocation;

    public bool Linked => false;

    static ReportEquivocation IOperation<ReportEquivocation>.Read(ref WireReader reader, OperationFlags flags) =>
        new((uint)reader.Varint(1, uint.MaxValue, "peer"), Equivocation.Read(ref reader));

    void IOperation<ReportEquivocation>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, linked: false);
        writer.Varint(Peer);
        Equivocation.Write(writer);
    }
}
