using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Settling;

/// <summary>
/// Consumes the peer's acknowledgements in order: what was accepted is settled at no cost, what was not is refunded with its outcome, and what
/// a timeout refunded before is passed over. By proof alone.
/// </summary>
public readonly record struct Acknowledge(uint Channel, ulong Height, ChannelProof Proof, LeafRun Acknowledgements) : IOperation<Acknowledge>
{
    public OperationType Type => OperationType.Acknowledge;

    public bool Linked => false;

    static Acknowledge IOperation<Acknowledge>.Read(ref WireReader reader, OperationFlags flags) => new(
        (uint)reader.Varint(1, uint.MaxValue, "channel"),
        reader.Varint(1, ulong.MaxValue, "height"),
        ChannelProof.Read(ref reader),
        LeafRun.Read(ref reader, "acknowledgement"));

    void IOperation<Acknowledge>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, linked: false);
        writer.Varint(Channel);
        writer.Varint(Height);
        Proof.Write(writer);
        Acknowledgements.Write(writer);
    }
}
