using System.Buffers;
using Actors.Gateway.Channels;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Gateway.Transactions;
using Actors.Ledger.Chains;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Streams;

/// <summary>Submissions in JSON, a line each. A line that is wrong is answered and the stream goes on: the next line begins where it ends.</summary>
internal sealed class NdjsonItems(Genesis genesis) : IItemFormat
{
    public const string ContentType = "application/x-ndjson";

    public bool TryTake(ref ReadOnlySequence<byte> buffer, bool isLast, out StreamItem item)
    {
        while (TryTakeLine(ref buffer, isLast, out var line))
        {
            if (!IsBlank(line))
            {
                item = Parse(line);
                return true;
            }
        }

        item = new StreamItem(
            default,
            Answer.Of(Outcome.TooLarge, $"a line is longer than {SubmissionLimits.JsonBytesMax} bytes; the stream ends here"),
            EndsStream: true);
        return buffer.Length > SubmissionLimits.JsonBytesMax;
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            if (line.Length > SubmissionLimits.JsonBytesMax)
            {
                return false;
            }

            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!isLast || buffer.IsEmpty || buffer.Length > SubmissionLimits.JsonBytesMax)
        {
            return false;
        }

        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private StreamItem Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var json = line.IsSingleSegment ? line.First : line.ToArray();
            var submission = JsonBody.Parse<SubmissionJson>(json);
            return TransfersAcross.AreIn(submission, genesis.ChainId)
                ? new StreamItem(default, Across: submission)
                : new StreamItem(submission.ToEnvelope(genesis.Hash, genesis.ChainId));
        }
        catch (Exception wrong) when (ProblemAnswers.Of(wrong) is not null)
        {
            return new StreamItem(default, ProblemAnswers.Of(wrong));
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
