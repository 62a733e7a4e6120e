using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Settling;

/// <summary>
/// Takes a run of packets that the peer sent over a channel, in order. Each is accepted or an exception; the one acknowledgement that is
/// written says which. <paramref name="Height"/> names the peer's header that the proof rests on. By proof alone.
/// </summary>
public readonly record struct Receive(uint Channel, ulong Height, ChannelProof Proof, LeafRun Packets) : IOperation<Receive>
{
    public OperationType Type => OperationType.Receive;

    public bool Linked => false;

    static Receive IOperation<Receive>.Read(ref WireReader reader, OperationFlags flags) => new(
        (uint)reader.Varint(1, uint.MaxValue, "channel"),
        reader.Varint(1, ulong.MaxValue, "height"),
        ChannelProof.Read(ref reader),
        LeafRun.Read(ref reader, "packet"));

    /// <summary>The channel of an encoded receive, without decoding what it carries.</summary>
    internal static uint ChannelOf(ReadOnlySpan<byte> operation)
    {
        var reader = new WireReader(operation);
        OperationKinds.Next(ref reader, out _);
        return (uint)reader.Varint(1, uint.MaxValue, "channel");
    }

    void IOperation<Receive>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, linked: false);
        writer.Varint(Channel);
        writer.Varint(Height);
        Proof.Write(writer);
        Packets.Write(writer);
    }
}
