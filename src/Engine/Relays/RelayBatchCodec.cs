using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Engine.Relays;

/// <summary>
/// A batch on its way to whoever submits it, between processes of one version: where the other side stood, and the operations that it becomes there, each with
/// its length before it. Which numbers peer and channel have on the other side is left open until then.
/// </summary>
public static class RelayBatchCodec
{
    private const uint AnyPeer = 1;
    private const uint AnyChannel = 1;

    public static byte[] Encode(RelayBatch batch)
    {
        var (outline, update) = (batch.Outline, batch.Update(AnyPeer));
        var writer = new WireWriter(1_024);
        WriteCursor(writer, outline.Cursor);
        writer.U8((byte)(outline.Confirms ? 1 : 0));
        var height = outline.Header.Height.Value;
        Write(writer, update);
        Write(writer, new ConfirmChannel(AnyChannel, height, outline.Proof));
        writer.U8((byte)(outline.Acknowledgements is null ? 0 : 1));
        if (outline.Acknowledgements is { } acknowledgements)
        {
            Write(writer, new Acknowledge(AnyChannel, height, outline.Proof, acknowledgements));
        }

        writer.Varint((ulong)outline.Packets.Count);
        foreach (var run in outline.Packets)
        {
            Write(writer, new Receive(AnyChannel, height, outline.Proof, run));
        }

        return writer.ToArray();
    }

    /// <exception cref="MalformedException">It is no batch, or of another version.</exception>
    public static RelayBatch Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var cursor = ReadCursor(ref reader);
        var confirms = reader.U8() != 0;
        var update = Read<UpdatePeer>(ref reader);
        var proof = Read<ConfirmChannel>(ref reader).Proof;
        var acknowledgements = reader.U8() != 0 ? Read<Acknowledge>(ref reader).Acknowledgements : null;
        var packets = new LeafRun[reader.Varint(0, Limits.OperationsPerTransactionMax, "run count")];
        for (var i = 0; i < packets.Length; i++)
        {
            packets[i] = Read<Receive>(ref reader).Packets;
        }

        reader.End("relay batch");
        var outline = new RelayOutline(cursor, update.Header, update.Seal, [.. update.KeyChanges.Select(change => change.Change)], proof, confirms, packets)
        {
            Acknowledges = acknowledgements is not null,
            Acknowledgements = acknowledgements,
        };
        return new RelayBatch(outline, update.HistoryPath, update.KeyChanges);
    }

    private static void WriteCursor(WireWriter writer, in RelayCursor cursor)
    {
        writer.Varint(cursor.Held);
        writer.Varint(cursor.SealedSince);
        writer.Varint(cursor.Received);
        writer.Varint(cursor.Consumed);
        writer.U8((byte)(cursor.IsConfirmed ? 1 : 0));
    }

    private static RelayCursor ReadCursor(ref WireReader reader) => new(reader.Varint(), reader.Varint(), reader.Varint(), reader.Varint(), reader.U8() != 0);

    private static void Write(WireWriter writer, IOperation operation) => writer.Sized(OperationCodec.Encode([operation]));

    private static T Read<T>(ref WireReader reader)
        where T : struct, IOperation =>
        OperationCodec.Read(reader.Bytes((int)reader.Varint(1, Limits.EnvelopeBytesMax, "operation length"))) is T operation
            ? operation
            : throw new MalformedException($"expected an operation of type {typeof(T).Name}");
}
