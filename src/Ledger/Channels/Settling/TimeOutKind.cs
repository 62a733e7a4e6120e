using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Settling;

internal sealed class TimeOutKind : OperationKind<TimeOut>
{
    public override OperationType Type => OperationType.TimeOut;

    public override bool IsProven => true;

    protected override byte AllowedFlags => 1 << TimeOut.AbandonedBit;

    protected override void Authorize(in TimeOut operation, AuthorityPass pass)
    {
    }

    protected override Outcome Execute(in TimeOut operation, TransactionExecution execution)
    {
        ChannelRecord own;
        PeerHeaderRecord header = default;
        var outcome = operation.Proof is { } proof
            ? CounterpartRules.CheckOpen(operation.Channel, operation.Height, proof, execution, out own, out header)
            : CheckAbandoned(operation.Channel, execution, out own);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        var unsettled = 0;
        foreach (var range in operation.Packets)
        {
            outcome = Check(operation, own, range, header, execution, ref unsettled);
            if (outcome != Outcome.Committed)
            {
                return outcome;
            }
        }

        if (unsettled == 0)
        {
            return Outcome.AlreadySettled;
        }

        if (execution.SettlementCount + unsettled > Limits.SettlementsPerTransactionMax)
        {
            return Outcome.TooManySettlements;
        }

        foreach (var range in operation.Packets)
        {
            Apply(own, range, operation.Proof is null ? Outcome.ChannelAbandoned : Outcome.PacketTimedOut, execution);
        }

        return Outcome.Committed;
    }

    private static Outcome CheckAbandoned(uint channel, TransactionExecution execution, out ChannelRecord own)
    {
        own = default;
        if (!execution.State.Channels.Exists(channel))
        {
            return Outcome.ChannelNotFound;
        }

        own = execution.State.Channels.Read(channel);
        return own.State == ChannelState.Abandoned ? Outcome.Committed : Outcome.ChannelNotProven;
    }

    /// <summary>Every packet named that is not settled was sent, and is shown not to have been received at its timeout.</summary>
    private static Outcome Check(in TimeOut operation, in ChannelRecord own, SequenceRange range, in PeerHeaderRecord header, TransactionExecution execution, ref int unsettled)
    {
        for (var sequence = range.First; sequence < range.First + (ulong)range.Count; sequence++)
        {
            // What this very block sends has no place in the tree yet, and no header can have seen it.
            if (sequence > own.Sent)
            {
                return Outcome.PacketNotSent;
            }

            if (IsSettled(own, sequence, execution))
            {
                continue;
            }

            unsettled++;
            if (operation.Proof is not { } proof)
            {
                continue;
            }

            if (proof.Record.Received >= sequence)
            {
                return Outcome.PacketReceived;
            }

            if (header.TimeMs < execution.State.Channels.Packet(own.SlotOf(sequence)).TimeoutMs)
            {
                return Outcome.TimeoutNotReached;
            }
        }

        return Outcome.Committed;
    }

    private static void Apply(in ChannelRecord own, SequenceRange range, Outcome why, TransactionExecution execution)
    {
        var state = execution.State;
        for (var sequence = range.First; sequence < range.First + (ulong)range.Count; sequence++)
        {
            if (!IsSettled(own, sequence, execution))
            {
                PacketPosting.Refund(state, own, sequence, why);
                state.Channels.WritePacket(own.SlotOf(sequence)).State = PacketState.TimedOut;
                state.Channels.Write(own.Number).TimedOut++;
            }
        }
    }

    private static bool IsSettled(in ChannelRecord own, ulong sequence, TransactionExecution execution) =>
        sequence <= own.Settled || execution.State.Channels.Packet(own.SlotOf(sequence)).State == PacketState.TimedOut;
}
