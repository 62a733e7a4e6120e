using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Settling;

/// <summary>Neighbouring packets, from a sequence on.</summary>
public readonly record struct SequenceRange(ulong First, int Count);

/// <summary>
/// Refunds packets that the peer has not received at or past their timeout, which one of its headers shows. Of the packets named, those that
/// are settled are passed over. Without a proof it refunds what is unsettled of a channel that the operator has abandoned.
/// </summary>
public readonly record struct TimeOut(uint Channel, ulong Height, ChannelProof? Proof, IReadOnlyList<SequenceRange> Packets) : IOperation<TimeOut>
{
    internal const int AbandonedBit = 1;

    public OperationType Type => OperationType.TimeOut;

    public bool Linked => false;

    static TimeOut IOperation<TimeOut>.Read(ref WireReader reader, OperationFlags flags)
    {
        var channel = (uint)reader.Varint(1, uint.MaxValue, "channel");
        var height = flags.Has(AbandonedBit) ? 0 : reader.Varint(1, ulong.MaxValue, "height");
        var proof = flags.Has(AbandonedBit) ? null : ChannelProof.Read(ref reader);
        var ranges = new SequenceRange[reader.Varint(1, Limits.PacketsPerOperationMax, "range count")];
        var (next, total) = (1UL, 0);
        for (var i = 0; i < ranges.Length; i++)
        {
            var first = next + reader.Varint(0, Limits.SequenceMax, "sequence");
            ranges[i] = new SequenceRange(first, (int)reader.Varint(1, Limits.PacketsPerOperationMax, "packet count"));
            next = first + (ulong)ranges[i].Count;
            total += ranges[i].Count;
            if (next > Limits.SequenceMax + 1 || total > Limits.PacketsPerOperationMax)
            {
                throw new MalformedException($"a timeout names {total} packets before {next}, at most {Limits.PacketsPerOperationMax} are allowed");
            }
        }

        return new TimeOut(channel, height, proof, ranges);
    }

    void IOperation<TimeOut>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, linked: false, OperationFlags.Bit(AbandonedBit, Proof is null));
        writer.Varint(Channel);
        if (Proof is not null)
        {
            writer.Varint(Height);
            Proof.Write(writer);
        }

        writer.Varint((ulong)Packets.Count);
        var next = 1UL;
        foreach (var range in Packets)
        {
            writer.Varint(range.First - next);
            writer.Varint((ulong)range.Count);
            next = range.First + (ulong)range.Count;
        }
    }
}
