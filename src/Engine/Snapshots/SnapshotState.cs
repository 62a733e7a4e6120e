using Actors.Ledger.Hashing;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Engine.Snapshots;

/// <summary>
/// What a snapshot's manifest keeps beside the pages: the head it was made at, the root of its state, the tables' counts and the number
/// of open pendings. A checksum at the end, because the store does not compare these bytes with anything.
/// </summary>
internal sealed record SnapshotState(ChainHead Head, StateRoots Roots, ulong OpenPendings)
{
    private const byte Version = 1;

    public byte[] Encode()
    {
        var writer = new WireWriter(1024);
        writer.U8(Version);
        writer.U64(Head.Height);
        writer.Hash(Head.HeaderHash);
        writer.U64(Head.TimeMs);
        writer.U64(Head.StateHeight);
        writer.Hash(Head.StateRoot);
        var history = new byte[Head.History.EncodedLength];
        Head.History.Encode(history);
        writer.Bytes32(history);
        writer.Hash(Roots.Root);
        writer.U8((byte)Roots.Tables.Count);
        foreach (var table in Roots.Tables)
        {
            writer.U8((byte)table.Id);
            writer.U64(table.Count);
            writer.Hash(table.Root);
        }

        writer.U64(OpenPendings);
        writer.Hash(Sha256.Of(writer.Written));
        return writer.ToArray();
    }

    /// <exception cref="MalformedException">The bytes are damaged or of another version.</exception>
    public static SnapshotState Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Hash256.Size || Sha256.Of(bytes[..^Hash256.Size]) != new Hash256(bytes[^Hash256.Size..]))
        {
            throw new MalformedException("the snapshot's manifest does not fit its checksum");
        }

        var reader = new WireReader(bytes[..^Hash256.Size]);
        var version = reader.U8();
        if (version != Version)
        {
            throw new MalformedException($"the snapshot's manifest has version {version}, expected {Version}");
        }

        var head = new ChainHead(reader.U64(), reader.Hash(), reader.U64(), reader.U64(), reader.Hash(), MerkleFrontier.Decode(reader.Bytes32(bytes.Length, "history")));
        var root = reader.Hash();
        var tables = new TableRoot[reader.U8()];
        for (var i = 0; i < tables.Length; i++)
        {
            tables[i] = new TableRoot((TableId)reader.U8(), reader.U64(), reader.Hash());
        }

        var openPendings = reader.U64();
        reader.End("snapshot manifest");
        return new SnapshotState(head, new StateRoots(root, tables), openPendings);
    }
}
