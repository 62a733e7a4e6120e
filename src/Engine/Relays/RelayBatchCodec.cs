using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Engine.Relays;

/// <summary>
/// The bytes of a <see cref="RelayBatch"/> between processes (docs/wire-format.md section 10): one encoding of each, and bounded. Decoding
/// checks the form only; whether a batch is true is for the chain that it is brought to.
/// </summary>
public static class RelayBatchCodec
{
    public const byte Version = 1;

    /// <summary>As much as becomes one envelope.</summary>
    public const int BytesMax = Limits.EnvelopeBytesMax;

    /// <summary>Runs of packets in one batch: what fits into an envelope makes fewer, each of 8,192 packets but the last.</summary>
    public const int RunsMax = 64;

    /// <summary>About what a batch takes without its leaves, and what a leaf's length takes: most batches are written without growing.</summary>
    private const int OtherBytes = 4_096;
    private const int LengthBytes = 2;
    private const byte ConfirmedBit = 1;
    private const byte ConfirmsBit = 2;
    private const byte AcknowledgesBit = 4;
    private const byte KnownBits = ConfirmedBit | ConfirmsBit | AcknowledgesBit;

    public static byte[] Encode(RelayBatch batch)
    {
        var outline = batch.Outline;
        var writer = new WireWriter(OtherBytes + outline.Packets.Sum(RoomFor) + (outline.Acknowledgements is { } run ? RoomFor(run) : 0));
        writer.U8(Version);
        writer.U8(FlagsOf(outline));
        writer.Varint(outline.Cursor.Held);
        writer.Varint(outline.Cursor.SealedSince);
        writer.Varint(outline.Cursor.Received);
        writer.Varint(outline.Cursor.Consumed);
        writer.Bytes(outline.Header.Encode());
        writer.Bytes(outline.Seal.AsSpan());
        HashPath.Write(writer, batch.HistoryPath);
        writer.U8(checked((byte)batch.KeyChanges.Count));
        foreach (var change in batch.KeyChanges)
        {
            change.Change.Write(writer);
            HashPath.Write(writer, change.HistoryPath);
        }

        outline.Proof.Write(writer);
        writer.Varint((ulong)outline.Packets.Count);
        foreach (var packets in outline.Packets)
        {
            packets.Write(writer);
        }

        outline.Acknowledgements?.Write(writer);
        return writer.ToArray();
    }

    /// <exception cref="MalformedException">The bytes are no batch of this version.</exception>
    public static RelayBatch Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BytesMax)
        {
            throw new MalformedException($"a relay batch has {bytes.Length} bytes, at most {BytesMax} are allowed");
        }

        var reader = new WireReader(bytes);
        if (reader.U8() is var version && version != Version)
        {
            throw new MalformedException($"a relay batch is of version {version}, expected {Version}");
        }

        var flags = reader.U8();
        if ((flags & ~KnownBits) != 0 || (flags & (ConfirmedBit | ConfirmsBit)) == (ConfirmedBit | ConfirmsBit))
        {
            throw new MalformedException($"a relay batch has flags {flags}, which do not go together or are not known");
        }

        var cursor = new RelayCursor(
            reader.Varint(),
            reader.Varint(),
            reader.Varint(0, Limits.SequenceMax, "packets received"),
            reader.Varint(0, Limits.SequenceMax, "acknowledgements consumed"),
            (flags & ConfirmedBit) != 0);
        var header = BlockHeader.Decode(reader.Bytes(BlockHeader.Size));
        var seal = new Signature(reader.Bytes(Signature.Size));
        var path = HashPath.Read(ref reader);
        var changes = ReadKeyChanges(ref reader);
        var proof = ChannelProof.Read(ref reader);
        var packets = new LeafRun[reader.Varint(0, RunsMax, "packet run count")];
        for (var i = 0; i < packets.Length; i++)
        {
            packets[i] = LeafRun.Read(ref reader, "packet");
        }

        var acknowledges = (flags & AcknowledgesBit) != 0;
        var acknowledgements = acknowledges ? LeafRun.Read(ref reader, "acknowledgement") : null;
        reader.End("relay batch");
        var outline = new RelayOutline(cursor, header, seal, [.. changes.Select(change => change.Change)], proof, (flags & ConfirmsBit) != 0, packets)
        {
            Acknowledges = acknowledges,
            Acknowledgements = acknowledgements,
        };
        return new RelayBatch(outline, path, changes);
    }

    private static PeerKeyChange[] ReadKeyChanges(ref WireReader reader)
    {
        var changes = new PeerKeyChange[reader.U8()];
        if (changes.Length > Limits.KeyChangesPerUpdateMax)
        {
            throw new MalformedException($"a relay batch has {changes.Length} changes of key, at most {Limits.KeyChangesPerUpdateMax} are allowed");
        }

        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = new PeerKeyChange(KeyChange.Read(ref reader), HashPath.Read(ref reader));
        }

        return changes;
    }

    private static int RoomFor(LeafRun run) => run.Bytes.Length + (LengthBytes * run.Count);

    private static byte FlagsOf(RelayOutline outline) => (byte)(
        (outline.Cursor.IsConfirmed ? ConfirmedBit : 0)
        | (outline.Confirms ? ConfirmsBit : 0)
        | (outline.Acknowledgements is not null ? AcknowledgesBit : 0));
}
