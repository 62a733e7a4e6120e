using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Settling;

internal sealed class ReceiveKind : OperationKind<Receive>
{
    public override OperationType Type => OperationType.Receive;

    public override bool IsProven => true;

    protected override void Authorize(in Receive operation, AuthorityPass pass)
    {
    }

    protected override Outcome Execute(in Receive operation, TransactionExecution execution)
    {
        var outcome = CounterpartRules.CheckOpen(operation.Channel, operation.Height, operation.Proof, execution, out var own, out _);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        if (own.IsPaused)
        {
            return Outcome.ChannelPaused;
        }

        var packets = operation.Packets;
        if (packets.Last <= own.Received)
        {
            return Outcome.AlreadyReceived;
        }

        if (packets.First > own.Received + 1)
        {
            return Outcome.PacketsOutOfOrder;
        }

        var channels = execution.State.Channels;
        ref readonly var theirs = ref operation.Proof.Record;
        var edge = channels.Edge(own.Number, ChannelEdge.Received, own.Received);
        if (packets.Last > Math.Min(theirs.Sent, Limits.SequenceMax) || !packets.TryExtend(edge, theirs.Sent, theirs.PacketsRoot))
        {
            return Outcome.PacketsNotProven;
        }

        channels.Store(own.Number, ChannelEdge.Received, edge);
        Apply(operation, own.Number, own.Received + 1, execution);
        return Outcome.Committed;
    }

    private static void Apply(in Receive operation, uint number, ulong first, TransactionExecution execution)
    {
        var exceptions = new List<PacketException>();
        for (var sequence = first; sequence <= operation.Packets.Last; sequence++)
        {
            var outcome = Acceptance.Take(operation.Packets[(int)(sequence - operation.Packets.First)], number, sequence, execution);
            if (outcome != Outcome.Committed)
            {
                exceptions.Add(new PacketException(sequence, outcome));
            }
        }

        var leaf = new Acknowledgement(first, (int)(operation.Packets.Last - first + 1), exceptions).Encode();
        var channels = execution.State.Channels;
        ref var record = ref channels.Write(number);
        var edge = channels.Edge(number, ChannelEdge.Acknowledged, record.Acknowledged);
        edge.Append(MerkleTree.LeafHash(leaf));
        channels.Store(number, ChannelEdge.Acknowledged, edge);
        execution.Acknowledged(leaf, record.AcknowledgedAt);
        record.Received = operation.Packets.Last;
        record.Acknowledged = edge.Count;
        record.AcknowledgementsRoot = edge.Root();
        record.AcknowledgedAt = execution.Height;
    }
}
