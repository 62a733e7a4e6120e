using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Peers;

/// <summary>
/// Trusts a frozen peer again from a header on, which names the branch that is kept, and the key that sealed it. Signed by the operator:
/// an act of trust, nothing is proven. What the peer said twice up to that header is settled and freezes it no more.
/// </summary>
public readonly record struct ResumePeer(EntityReference Peer, BlockHeader Header, PublicKey SealingKey, bool Linked = false) : IOperation<ResumePeer>
{
    public OperationType Type => OperationType.ResumePeer;

    static ResumePeer IOperation<ResumePeer>.Read(ref WireReader reader, OperationFlags flags)
    {
        var peer = EntityReference.Read(ref reader, "peer");
        var header = BlockHeader.Decode(reader.Bytes(BlockHeader.Size));
        KeyCodec.ReadScheme(ref reader);
        return new ResumePeer(peer, header, new PublicKey(reader.Bytes(PublicKey.Size)), flags.Linked);
    }

    void IOperation<ResumePeer>.Check(OperationStructure structure)
    {
        structure.Peer(Peer);
        if (Header.Height.Value == 0)
        {
            throw new MalformedException("the header to resume from has height 0, heights start at 1");
        }
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Peer.Write(writer);
        writer.Bytes(Header.Encode());
        writer.U8((byte)SignatureScheme.Es256);
        writer.Bytes(SealingKey.AsSpan());
    }
}

internal sealed class ResumePeerKind : OperationKind<ResumePeer>
{
    public override OperationType Type => OperationType.ResumePeer;

    protected override void Authorize(in ResumePeer operation, AuthorityPass pass) => pass.RequireOperator();

    protected override Outcome Execute(in ResumePeer operation, TransactionExecution execution)
    {
        if (execution.Peer(operation.Peer, out var number) is var found and not Outcome.Committed)
        {
            return found;
        }

        var peers = execution.State.Peers;
        if (!peers.Read(number).IsFrozen)
        {
            return Outcome.PeerNotFrozen;
        }

        if (operation.Header.Genesis != peers.Read(number).Genesis)
        {
            return Outcome.PeerMismatch;
        }

        peers.ForgetHeaders(number);
        peers.Take(number, operation.Header, Sha256.Of(operation.Header.Encode()));
        ref var peer = ref peers.Write(number);
        peer.SealingKey = operation.SealingKey;
        peer.SealedSince = operation.Header.Height.Value - 1;
        peer.SettledThrough = Math.Max(peer.ConflictHeight, operation.Header.Height.Value);
        peer.FrozenAtMs = 0;
        return Outcome.Committed;
    }
}
