using System.Buffers;
using System.Buffers.Binary;
using Actors.Gateway.Problems;
using Actors.Gateway.Transactions;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Streams;

/// <summary>Envelopes, each after its length in four bytes, big-endian.</summary>
internal sealed class EnvelopeItems : IItemFormat
{
    public const string ContentType = "application/vnd.actors.envelopes";
    private const int PrefixBytes = 4;

    public bool TryTake(ref ReadOnlySequence<byte> buffer, bool isLast, out StreamItem item)
    {
        item = default;
        if (buffer.Length < PrefixBytes)
        {
            return IsCut(ref buffer, isLast, ref item);
        }

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        if (length > SubmissionLimits.EnvelopeBytesMax)
        {
            // Where the next item would begin is as doubtful as the length.
            item = Wrong(Outcome.TooLarge, $"an item says it has {length} bytes, at most {SubmissionLimits.EnvelopeBytesMax} are allowed; the stream ends here");
            return true;
        }

        if (buffer.Length < PrefixBytes + length)
        {
            return IsCut(ref buffer, isLast, ref item);
        }

        item = new StreamItem(buffer.Slice(PrefixBytes, length).ToArray());
        buffer = buffer.Slice(PrefixBytes + length);
        return true;
    }

    private static bool IsCut(ref ReadOnlySequence<byte> buffer, bool isLast, ref StreamItem item)
    {
        if (!isLast || buffer.IsEmpty)
        {
            return false;
        }

        item = Wrong(Outcome.Malformed, $"the stream ends inside an item, after {buffer.Length} bytes of it");
        return true;
    }

    private static StreamItem Wrong(Outcome outcome, string detail) => new(default, Answer.Of(outcome, detail), EndsStream: true);
}
