using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Peers;

internal sealed class ReportEquivocationKind : OperationKind<ReportEquivocation>
{
    public override OperationType Type => OperationType.ReportEquivocation;

    public override bool IsProven => true;

    protected override void Authorize(in ReportEquivocation operation, AuthorityPass pass)
    {
    }

    protected override Outcome Execute(in ReportEquivocation operation, TransactionExecution execution)
    {
        var peers = execution.State.Peers;
        if (!peers.Exists(operation.Peer))
        {
            return Outcome.PeerNotFound;
        }

        var peer = peers.Read(operation.Peer);
        if (!operation.Equivocation.Contradicts)
        {
            return Outcome.HeadersAgree;
        }

        if (operation.Equivocation.Height.Value <= peer.SettledThrough)
        {
            return Outcome.EquivocationSettled;
        }

        var isSealed = execution.Seals?.FindEvidence(execution.Operation) is { } holds
            ? holds && operation.Equivocation.IsOf(peer.Genesis)
            : operation.Equivocation.IsSealedBy(peer.Genesis);
        if (!isSealed)
        {
            return Outcome.EquivocationNotProven;
        }

        if (peer.IsFrozen)
        {
            return Outcome.PeerAlreadyFrozen;
        }

        peers.Freeze(operation.Peer, operation.Equivocation.Height.Value, execution.TimeMs);
        return Outcome.Committed;
    }
}
