using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Opening;

/// <summary>
/// Gives up a channel whose peer is gone for good and can prove nothing any more: what is unsettled may then be refunded without proof. An
/// act of trust, signed by the operator, and possible only after <see cref="Limits.AbandonGraceMs"/> without a newer header or with the peer frozen.
/// </summary>
public readonly record struct AbandonChannel(EntityReference Channel, bool Linked = false) : IOperation<AbandonChannel>
{
    public OperationType Type => OperationType.AbandonChannel;

    static AbandonChannel IOperation<AbandonChannel>.Read(ref WireReader reader, OperationFlags flags) =>
        new(EntityReference.Read(ref reader, "channel"), flags.Linked);

    void IOperation<AbandonChannel>.Check(OperationStructure structure) => structure.Channel(Channel);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Channel.Write(writer);
    }
}

internal sealed class AbandonChannelKind : OperationKind<AbandonChannel>
{
    public override OperationType Type => OperationType.AbandonChannel;

    protected override void Authorize(in AbandonChannel operation, AuthorityPass pass) => pass.RequireOperator();

    protected override Outcome Execute(in AbandonChannel operation, TransactionExecution execution)
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

        var peer = execution.State.Peers.Read(channels.Read(number).Peer);
        var silentSince = peer.IsFrozen ? Math.Min(peer.FrozenAtMs, peer.TimeMs) : peer.TimeMs;
        if (execution.TimeMs < silentSince + Limits.AbandonGraceMs)
        {
            return Outcome.GraceNotOver;
        }

        channels.Write(number).State = ChannelState.Abandoned;
        return Outcome.Committed;
    }
}
