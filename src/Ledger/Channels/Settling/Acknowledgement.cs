using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Settling;

/// <summary>A packet that was not accepted, and why.</summary>
public readonly record struct PacketException(ulong Sequence, Outcome Outcome);

/// <summary>
/// What one receive says to the sender's chain: the packets from <paramref name="First"/> on, <paramref name="Count"/> of them, were taken, and
/// all but the exceptions were accepted. A leaf of the channel's acknowledgement tree (docs/wire-format.md section 9.3).
/// </summary>
public sealed record Acknowledgement(ulong First, int Count, IReadOnlyList<PacketException> Exceptions)
{
    public ulong Last => First + (ulong)Count - 1;

    public byte[] Encode()
    {
        var writer = new WireWriter(16 + (Exceptions.Count * 4));
        writer.Varint(First);
        writer.Varint((ulong)Count);
        writer.Varint((ulong)Exceptions.Count);
        var next = First;
        foreach (var exception in Exceptions)
        {
            writer.Varint(exception.Sequence - next);
            writer.Varint((ulong)exception.Outcome);
            next = exception.Sequence + 1;
        }

        return writer.ToArray();
    }

    /// <exception cref="MalformedException">The bytes are no acknowledgement.</exception>
    public static Acknowledgement Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var first = reader.Varint(1, Limits.SequenceMax, "first sequence");
        var count = (int)reader.Varint(1, Limits.PacketsPerOperationMax, "packet count");
        var exceptions = new PacketException[reader.Varint(0, (ulong)count, "exception count")];
        var next = first;
        for (var i = 0; i < exceptions.Length; i++)
        {
            var sequence = next + reader.Varint(0, (ulong)count, "sequence");
            if (sequence >= first + (ulong)count)
            {
                throw new MalformedException($"packet {sequence} is an exception of an acknowledgement that ends before {first + (ulong)count}");
            }

            exceptions[i] = new PacketException(sequence, (Outcome)reader.Varint(1, ushort.MaxValue, "outcome"));
            next = sequence + 1;
        }

        reader.End("acknowledgement");
        return new Acknowledgement(first, count, exceptions);
    }
}
