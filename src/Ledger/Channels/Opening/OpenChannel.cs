using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Opening;

/// <summary>
/// Opens a channel to a peer: the first step of its opening, or with <paramref name="PeerChannel"/> the answer to a channel that the peer
/// opened. Signed by the operator. Nothing is sent before <see cref="ConfirmChannel"/> has shown what the peer's side says.
/// <paramref name="InFlightMax"/> bounds the packets of this side that are unsettled at once, 1 to 1,048,576.
/// </summary>
public readonly record struct OpenChannel(EntityReference Peer, uint InFlightMax, uint PeerChannel = 0, bool Linked = false) : IOperation<OpenChannel>
{
    internal const int AnswerBit = 1;

    public OperationType Type => OperationType.OpenChannel;

    static OpenChannel IOperation<OpenChannel>.Read(ref WireReader reader, OperationFlags flags)
    {
        var peer = EntityReference.Read(ref reader, "peer");
        var inFlight = (uint)reader.Varint(1, Limits.InFlightMax, "packets in flight");
        return new OpenChannel(peer, inFlight, flags.Has(AnswerBit) ? (uint)reader.Varint(1, uint.MaxValue, "peer's channel") : 0, flags.Linked);
    }

    void IOperation<OpenChannel>.Check(OperationStructure structure) => structure.Peer(Peer);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(AnswerBit, PeerChannel != 0));
        Peer.Write(writer);
        writer.Varint(InFlightMax);
        if (PeerChannel != 0)
        {
            writer.Varint(PeerChannel);
        }
    }
}
