using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Peers;

/// <summary>A change of a peer's sealing key, and the path of its header in the history of the header that it leads to.</summary>
public sealed record PeerKeyChange(KeyChange Change, IReadOnlyList<Hash256> HistoryPath);

/// <summary>
/// Shows the light client of a peer a newer header, sealed by the key that it knows or that the changes of key lead to; the header held
/// must be in the history of the new one, and <paramref name="HistoryPath"/> shows that. By proof alone.
/// </summary>
public readonly record struct UpdatePeer(uint Peer, BlockHeader Header, Signature Seal, IReadOnlyList<Hash256> HistoryPath, IReadOnlyList<PeerKeyChange> KeyChanges) : IOperation<UpdatePeer>
{
    public OperationType Type => OperationType.UpdatePeer;

    public bool Linked => false;

    /// <summary>The peer that an encoded update is about.</summary>
    internal static uint PeerOf(ReadOnlySpan<byte> operation)
    {
        var reader = new WireReader(operation);
        OperationKinds.Next(ref reader, out _);
        return (uint)reader.Varint(1, uint.MaxValue, "peer");
    }

    static UpdatePeer IOperation<UpdatePeer>.Read(ref WireReader reader, OperationFlags flags)
    {
        var peer = (uint)reader.Varint(1, uint.MaxValue, "peer");
        var header = BlockHeader.Decode(reader.Bytes(BlockHeader.Size));
        var seal = new Signature(reader.Bytes(Signature.Size));
        var path = HashPath.Read(ref reader);
        var changes = new PeerKeyChange[reader.U8()];
        if (changes.Length > Limits.KeyChangesPerUpdateMax)
        {
            throw new MalformedException($"an update has {changes.Length} changes of key, at most {Limits.KeyChangesPerUpdateMax} are allowed");
        }

        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = new PeerKeyChange(KeyChange.Read(ref reader), HashPath.Read(ref reader));
        }

        return new UpdatePeer(peer, header, seal, path, changes);
    }

    void IOperation<UpdatePeer>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, linked: false);
        writer.Varint(Peer);
        writer.Bytes(Header.Encode());
        writer.Bytes(Seal.AsSpan());
        HashPath.Write(writer, HistoryPath);
        writer.U8(checked((byte)KeyChanges.Count));
        foreach (var change in KeyChanges)
        {
            change.Change.Write(writer);
            HashPath.Write(writer, change.HistoryPath);
        }
    }
}
