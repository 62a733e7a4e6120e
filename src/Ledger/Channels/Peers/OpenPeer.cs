using System.Text;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Peers;

/// <summary>
/// Makes another chain known under a name: a light client that starts from its genesis document. Signed by the operator, who thereby
/// vouches for nothing but that this is the chain meant.
/// </summary>
public readonly record struct OpenPeer(ChainId Name, Genesis Genesis, bool Linked = false) : IOperation<OpenPeer>
{
    public OperationType Type => OperationType.OpenPeer;

    static OpenPeer IOperation<OpenPeer>.Read(ref WireReader reader, OperationFlags flags) =>
        new(ChainId.Read(ref reader), Genesis.Parse(reader.Bytes32(Genesis.EncodedBytesMax, "genesis document")), flags.Linked);

    void IOperation<OpenPeer>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        writer.Bytes8(Encoding.Latin1.GetBytes(Name.Value));
        writer.Bytes32(Genesis.Encoded.Span);
    }
}

internal sealed class OpenPeerKind : OperationKind<OpenPeer>
{
    public override OperationType Type => OperationType.OpenPeer;

    public override CreatedKind Creates => CreatedKind.Peer;

    protected override void Authorize(in OpenPeer operation, AuthorityPass pass)
    {
        pass.Create(CreatedKind.Peer);
        pass.RequireOperator();
    }

    protected override Outcome Execute(in OpenPeer operation, TransactionExecution execution)
    {
        var peers = execution.State.Peers;
        if (operation.Genesis.Hash == execution.State.Genesis.Hash)
        {
            return Outcome.PeerIsItself;
        }

        if (peers.Find(operation.Genesis.Hash) is not null)
        {
            return Outcome.PeerTaken;
        }

        if (peers.Find(operation.Name.Value) is not null)
        {
            return Outcome.PeerNameTaken;
        }

        if (peers.Count >= Limits.PeersMax)
        {
            return Outcome.TableFull;
        }

        execution.Created(peers.Open(operation.Name, operation.Genesis));
        return Outcome.Committed;
    }
}
