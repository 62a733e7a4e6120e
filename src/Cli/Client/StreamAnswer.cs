using System.Text;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Cli.Client;

/// <summary>
/// A binary result of a stream (docs/http-api.md, Streams): what a single submission would have been answered. Outcome null: the
/// ledger said nothing, and the HTTP status says why.
/// </summary>
public sealed record StreamAnswer(int Status, Outcome? Outcome, bool Recorded)
{
    private const byte Version = 1;
    private const ushort NoOutcome = 0xFFFF;
    private const int RecordedBit = 1;
    private const int OperationBit = 4;
    private const int SettlementBytes = 5 * sizeof(ulong);

    /// <summary>For people; null of what is recorded.</summary>
    public string? Detail { get; init; }

    /// <summary>Operations of a recorded transaction that failed; null when none did.</summary>
    public int[]? Refused { get; init; }

    /// <exception cref="MalformedException">The bytes are no result of this version.</exception>
    public static StreamAnswer Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var version = reader.U8();
        if (version != Version)
        {
            throw new MalformedException($"a stream result has version {version}, expected {Version}");
        }

        var status = reader.U16();
        var outcome = reader.U16() is var number and not NoOutcome ? (Outcome)number : (Outcome?)null;
        var flags = reader.U8();
        reader.Hash();
        if ((flags & OperationBit) != 0)
        {
            reader.U32();
        }

        var recorded = (flags & RecordedBit) != 0;
        var answer = recorded
            ? new StreamAnswer(status, outcome, true) { Refused = ReadRefused(ref reader) }
            : new StreamAnswer(status, outcome, false) { Detail = Encoding.UTF8.GetString(reader.Bytes(reader.U16())) };
        reader.End("stream result");
        return answer;
    }

    private static int[]? ReadRefused(ref WireReader reader)
    {
        reader.Bytes(sizeof(ulong) + sizeof(uint) + sizeof(ulong));
        List<int>? refused = null;
        for (var left = reader.U32(); left > 0; left--)
        {
            var operation = (int)reader.U32();
            if (reader.U16() != (ushort)Ledger.Transactions.Outcome.Committed)
            {
                (refused ??= []).Add(operation);
            }

            reader.U64();
            for (var settlements = reader.U32(); settlements > 0; settlements--)
            {
                reader.Bytes(SettlementBytes);
            }
        }

        return refused?.ToArray();
    }
}
