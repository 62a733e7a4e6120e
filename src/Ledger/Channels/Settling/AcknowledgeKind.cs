using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Settling;

internal sealed class AcknowledgeKind : OperationKind<Acknowledge>
{
    public override OperationType Type => OperationType.Acknowledge;

    public override bool IsProven => true;

    protected override void Authorize(in Acknowledge operation, AuthorityPass pass)
    {
    }

    protected override Outcome Execute(in Acknowledge operation, TransactionExecution execution)
    {
        var outcome = CounterpartRules.CheckOpen(operation.Channel, operation.Height, operation.Proof, execution, out var own, out _);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        var leaves = operation.Acknowledgements;
        if (leaves.Last <= own.Consumed)
        {
            return Outcome.AlreadyAcknowledged;
        }

        if (leaves.First > own.Consumed + 1)
        {
            return Outcome.AcknowledgementsOutOfOrder;
        }

        var channels = execution.State.Channels;
        ref readonly var theirs = ref operation.Proof.Record;
        var edge = channels.Edge(own.Number, ChannelEdge.Consumed, own.Consumed);
        if (leaves.Last > theirs.Acknowledged || !leaves.TryExtend(edge, theirs.Acknowledged, theirs.AcknowledgementsRoot))
        {
            return Outcome.AcknowledgementsNotProven;
        }

        if (Parse(leaves, own) is not { } acknowledgements)
        {
            return Contradict(own.Peer, operation.Height, execution);
        }

        if (execution.SettlementCount + acknowledgements.Sum(leaf => leaf.Exceptions.Count) > Limits.SettlementsPerTransactionMax)
        {
            return Outcome.TooManySettlements;
        }

        channels.Store(own.Number, ChannelEdge.Consumed, edge);
        Apply(own.Number, edge.Count, acknowledgements, operation.Height, execution);
        return Outcome.Committed;
    }

    /// <summary>The leaves not consumed yet; null when they are not what a channel can have acknowledged.</summary>
    private static List<Acknowledgement>? Parse(LeafRun leaves, in ChannelRecord own)
    {
        var parsed = new List<Acknowledgement>();
        var settled = own.Settled;
        for (var i = (int)(own.Consumed + 1 - leaves.First); i < leaves.Count; i++)
        {
            try
            {
                parsed.Add(Acknowledgement.Parse(leaves[i]));
            }
            catch (MalformedException)
            {
                return null;
            }

            if (parsed[^1].First != settled + 1 || parsed[^1].Last > own.Sent)
            {
                return null;
            }

            settled = parsed[^1].Last;
        }

        return parsed;
    }

    private static void Apply(uint number, ulong consumed, List<Acknowledgement> acknowledgements, ulong height, TransactionExecution execution)
    {
        var channels = execution.State.Channels;
        var contradicts = false;
        foreach (var acknowledgement in acknowledgements)
        {
            contradicts |= Settle(number, acknowledgement, execution);
            channels.Write(number).Settled = acknowledgement.Last;
        }

        channels.Write(number).Consumed = consumed;
        if (contradicts)
        {
            Contradict(channels.Read(number).Peer, height, execution);
        }
    }

    /// <summary>Refunds the exceptions; true when a packet that a timeout refunded is said to have been accepted.</summary>
    private static bool Settle(uint number, Acknowledgement acknowledgement, TransactionExecution execution)
    {
        var state = execution.State;
        var channel = state.Channels.Read(number);
        var passedOver = 0U;
        foreach (var exception in acknowledgement.Exceptions)
        {
            if (state.Channels.Packet(channel.SlotOf(exception.Sequence)).State == PacketState.TimedOut)
            {
                passedOver++;
            }
            else
            {
                Packets.PacketPosting.Refund(state, channel, exception.Sequence, exception.Outcome);
            }
        }

        if (channel.TimedOut == 0)
        {
            return false;
        }

        var timedOut = 0U;
        for (var sequence = acknowledgement.First; sequence <= acknowledgement.Last; sequence++)
        {
            timedOut += state.Channels.Packet(channel.SlotOf(sequence)).State == PacketState.TimedOut ? 1U : 0;
        }

        state.Channels.Write(number).TimedOut -= timedOut;
        return timedOut > passedOver;
    }

    /// <summary>The peer said two things that cannot both be true: the operation stands for that, and the peer is frozen.</summary>
    private static Outcome Contradict(uint peer, ulong height, TransactionExecution execution)
    {
        execution.State.Peers.Freeze(peer, height, execution.TimeMs);
        return Outcome.Committed;
    }
}
