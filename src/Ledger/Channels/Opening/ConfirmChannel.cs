using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Opening;

/// <summary>
/// Shows a channel that the peer's side names it: one that was opened first learns that it was answered, one that answered learns
/// that the first knows. From then on it is open. By proof alone.
/// </summary>
public readonly record struct ConfirmChannel(uint Channel, ulong Height, ChannelProof Proof) : IOperation<ConfirmChannel>
{
    public OperationType Type => OperationType.ConfirmChannel;

    public bool Linked => false;

    static ConfirmChannel IOperation<ConfirmChannel>.Read(ref WireReader reader, OperationFlags flags) =>
        new((uint)reader.Varint(1, uint.MaxValue, "channel"), reader.Varint(1, ulong.MaxValue, "height"), ChannelProof.Read(ref reader));

    void IOperation<ConfirmChannel>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, linked: false);
        writer.Varint(Channel);
        writer.Varint(Height);
        Proof.Write(writer);
    }
}

internal sealed class ConfirmChannelKind : OperationKind<ConfirmChannel>
{
    public override OperationType Type => OperationType.ConfirmChannel;

    public override bool IsProven => true;

    protected override void Authorize(in ConfirmChannel operation, AuthorityPass pass)
    {
    }

    protected override Outcome Execute(in ConfirmChannel operation, TransactionExecution execution)
    {
        var channels = execution.State.Channels;
        if (!channels.Exists(operation.Channel))
        {
            return Outcome.ChannelNotFound;
        }

        var own = channels.Read(operation.Channel);
        if (own.State == ChannelState.Open)
        {
            return Outcome.AlreadyConfirmed;
        }

        if (own.State == ChannelState.Abandoned)
        {
            return Outcome.ChannelNotOpen;
        }

        var outcome = CounterpartRules.Check(own, operation.Height, operation.Proof, execution, out _);
        if (outcome != Outcome.Committed)
        {
            return outcome;
        }

        // The one that was opened first may be shown an answer that already knows that it was heard.
        ref readonly var other = ref operation.Proof.Record;
        var names = own.State == ChannelState.Try ? other.State == ChannelState.Open : other.State is ChannelState.Try or ChannelState.Open;
        if (!names)
        {
            return Outcome.CounterpartMismatch;
        }

        ref var record = ref channels.Write(operation.Channel);
        record.PeerChannel = other.Number;
        record.State = ChannelState.Open;
        return Outcome.Committed;
    }
}
