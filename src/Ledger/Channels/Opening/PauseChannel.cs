using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Opening;

/// <summary>
/// Stops a channel from sending and receiving, or lets it go on. Acknowledgements, timeouts and refunds go on all the while. Signed by the
/// operator.
/// </summary>
public readonly record struct PauseChannel(EntityReference Channel, bool Resume = false, bool Linked = false) : IOperation<PauseChannel>
{
    internal const int ResumeBit = 1;

    public OperationType Type => OperationType.PauseChannel;

    static PauseChannel IOperation<PauseChannel>.Read(ref WireReader reader, OperationFlags flags) =>
        new(EntityReference.Read(ref reader, "channel"), flags.Has(ResumeBit), flags.Linked);

    void IOperation<PauseChannel>.Check(OperationStructure structure) => structure.Channel(Channel);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(ResumeBit, Resume));
        Channel.Write(writer);
    }
}

internal sealed class PauseChannelKind : OperationKind<PauseChannel>
{
    public override OperationType Type => OperationType.PauseChannel;

    protected override byte AllowedFlags => 1 << PauseChannel.ResumeBit;

    protected override void Authorize(in PauseChannel operation, AuthorityPass pass) => pass.RequireOperator();

    protected override Outcome Execute(in PauseChannel operation, TransactionExecution execution)
    {
        if (execution.Channel(operation.Channel, out var number) is var found and not Outcome.Committed)
        {
            return found;
        }

        var channels = execution.State.Channels;
        if (channels.Read(number).State == ChannelState.Abandoned)
        {
            return Outcome.ChannelAbandoned;
        }

        ref var channel = ref channels.Write(number);
        channel.Flags = operation.Resume ? channel.Flags & ~ChannelFlags.Paused : channel.Flags | ChannelFlags.Paused;
        return Outcome.Committed;
    }
}
