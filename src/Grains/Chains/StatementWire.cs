using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Grains.Chains;

/// <summary>Statements as they cross between grains, and back. Lines hold operations, which travel in their own encoding.</summary>
internal static class StatementWire
{
    private const byte HasTransaction = 1;
    private const byte HasOperation = 2;
    private const byte HasSettlement = 4;

    public static StatementQuery Query(StatementRequest request)
    {
        if (request.EntriesMax is < 1 or > StatementRequest.EntriesMaxMax)
        {
            throw new ArgumentException($"{request.EntriesMax} entries are asked for, expected 1 to {StatementRequest.EntriesMaxMax}");
        }

        return new StatementQuery
        {
            EntriesMax = request.EntriesMax,
            Before = request.Before is { } before ? new Height(before) : null,
            From = request.FromMs is { } from ? new Timestamp(from) : null,
            Until = request.UntilMs is { } until ? new Timestamp(until) : null,
        };
    }

    public static StatementRequest Request(StatementQuery query) =>
        new() { EntriesMax = query.EntriesMax, Before = query.Before?.Value, FromMs = query.From?.Ms, UntilMs = query.Until?.Ms };

    public static StatementAnswer Answer(StatementPage page)
    {
        var writer = new WireWriter(1_024);
        writer.Varint((ulong)page.Entries.Count);
        foreach (var entry in page.Entries)
        {
            writer.Varint(entry.Height.Value);
            writer.U48(entry.Time.Ms);
            writer.Varint((ulong)entry.Lines.Count);
            foreach (var line in entry.Lines)
            {
                Write(writer, line);
            }
        }

        return new StatementAnswer { Account = RecordWire.Answer(page.Account), Entries = writer.ToArray(), Next = page.Next?.Value };
    }

    public static StatementPage Page(StatementAnswer answer)
    {
        var reader = new WireReader(answer.Entries);
        var entries = new StatementEntry[reader.Varint(0, StatementRequest.EntriesMaxMax, "entry count")];
        for (var i = 0; i < entries.Length; i++)
        {
            var (height, time) = (new Height(reader.Varint()), new Timestamp(reader.U48()));
            var lines = new StatementLine[reader.Varint(0, (ulong)answer.Entries.Length, "line count")];
            for (var k = 0; k < lines.Length; k++)
            {
                lines[k] = Read(ref reader);
            }

            entries[i] = new StatementEntry(height, time, lines);
        }

        reader.End("statement");
        return new StatementPage(RecordWire.View(answer.Account), entries, answer.Next is { } next ? new Height(next) : null);
    }

    private static void Write(WireWriter writer, StatementLine line)
    {
        writer.U8((byte)((line.Transaction is null ? 0 : HasTransaction) | (line.Operation is null ? 0 : HasOperation) | (line.Settlement is null ? 0 : HasSettlement)));
        writer.Zigzag(line.OperationIndex);
        writer.Zigzag(line.PostedChange);
        if (line.Transaction is { } transaction)
        {
            writer.Hash(transaction.Value);
        }

        if (line.Operation is { } operation)
        {
            writer.Sized(OperationCodec.Encode([operation]));
        }

        line.Settlement?.Write(writer);
    }

    private static StatementLine Read(ref WireReader reader)
    {
        var has = reader.U8();
        var (index, change) = ((int)reader.Zigzag(), reader.Zigzag());
        TransactionId? transaction = (has & HasTransaction) == 0 ? null : new TransactionId(reader.Hash());
        var operation = (has & HasOperation) == 0 ? null : OperationCodec.Read(reader.Bytes((int)reader.Varint(1, Limits.EnvelopeBytesMax, "operation length")));
        Settlement? settlement = (has & HasSettlement) == 0 ? null : Settlement.Read(ref reader);
        return new StatementLine(transaction, index, operation, settlement, change);
    }
}
