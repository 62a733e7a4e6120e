using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Peers;

internal sealed class UpdatePeerKind : OperationKind<UpdatePeer>
{
    public override OperationType Type => OperationType.UpdatePeer;

    public override bool IsProven => true;

    protected override void Authorize(in UpdatePeer operation, AuthorityPass pass)
    {
    }

    protected override Outcome Execute(in UpdatePeer operation, TransactionExecution execution)
    {
        var peers = execution.State.Peers;
        if (!peers.Exists(operation.Peer))
        {
            return Outcome.PeerNotFound;
        }

        var peer = peers.Read(operation.Peer);
        if (peer.IsFrozen)
        {
            return Outcome.PeerFrozen;
        }

        if (operation.Header.Genesis != peer.Genesis)
        {
            return Outcome.HeaderOfAnotherChain;
        }

        if (operation.Header.Height.Value <= peer.Height)
        {
            return Outcome.HeaderKnown;
        }

        // A peer's time never goes back: timeouts rest on it.
        if (!IsInHistory(peer.HeaderHash, peer.Height, operation.HistoryPath, operation.Header) || operation.Header.Time.Ms < peer.TimeMs)
        {
            return Outcome.HistoryNotProven;
        }

        var seals = new PeerSeals(execution, peer.SealingKey);
        var (key, since) = (peer.SealingKey, peer.SealedSince);
        foreach (var change in operation.KeyChanges)
        {
            if (!Follows(change, operation.Header, peer.Height, key, since, ref seals))
            {
                return Outcome.KeyChangeNotProven;
            }

            (key, since) = (change.Change.NewKey!.Value, change.Change.Header.Height.Value);
        }

        var encoded = operation.Header.Encode();
        if (operation.Header.Height.Value <= since || !seals.Verify(key, encoded, operation.Seal))
        {
            return Outcome.HeaderNotSealed;
        }

        if (operation.KeyChanges.Count == 0)
        {
            execution.TookHeader(operation.Header.Time.Ms - peer.TimeMs);
        }

        peers.Take(operation.Peer, operation.Header, Sha256.Of(encoded));
        ref var record = ref peers.Write(operation.Peer);
        (record.SealingKey, record.SealedSince) = (key, since);
        return Outcome.Committed;
    }

    /// <summary>A change is sealed by the key before it, not older than the header held, and in the history of the new one.</summary>
    private static bool Follows(PeerKeyChange change, BlockHeader header, ulong held, in PublicKey key, ulong since, ref PeerSeals seals)
    {
        var changed = change.Change.Header;
        var encoded = changed.Encode();
        return changed.Genesis == header.Genesis
            && changed.Height.Value >= held
            && changed.Height.Value > since
            && IsInHistory(Sha256.Of(encoded), changed.Height.Value, change.HistoryPath, header)
            && seals.Verify(key, encoded, change.Change.Seal)
            && OperationFindings.Of(change.Change.Proof, changed).FirstFailure is null
            && change.Change.NewKey is not null;
    }

    private static bool IsInHistory(in Hash256 hash, ulong height, IReadOnlyList<Hash256> path, BlockHeader header) =>
        MerkleTree.TryRootFromPath(MerkleTree.LeafHash(hash.AsSpan()), height, header.Height.Value, [.. path], out var root)
        && root == header.HistoryRoot;
}
