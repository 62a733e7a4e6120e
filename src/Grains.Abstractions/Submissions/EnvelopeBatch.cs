using System.Buffers.Binary;
using Actors.Ledger;
using Actors.Ledger.Wire;

namespace Actors.Grains.Submissions;

/// <summary>
/// Envelopes (docs/wire-format.md section 4) that travel as one message: each as four bytes of length, big-endian, and its own bytes. A call
/// for each would cost more than checking its signature saves.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.envelope-batch.1")]
public sealed class EnvelopeBatch
{
    /// <summary>Checked one after the other in one turn of a grain, about 16 ms of signatures.</summary>
    public const int CountMax = 256;

    /// <summary>Room for two envelopes of the largest size.</summary>
    public const int BytesMax = 2 * (Limits.EnvelopeBytesMax + LengthBytes);

    private const int LengthBytes = sizeof(uint);

    [Id(0)]
    private readonly byte[] _bytes;

    private EnvelopeBatch(byte[] bytes) => _bytes = bytes;

    /// <summary>What one more envelope of this length takes of <see cref="BytesMax"/>.</summary>
    public static int SizeOf(int envelopeBytes) => LengthBytes + envelopeBytes;

    /// <exception cref="MalformedException">There are too many, or they are too long together.</exception>
    public static EnvelopeBatch Of(IReadOnlyList<ReadOnlyMemory<byte>> envelopes)
    {
        var length = envelopes.Sum(envelope => (long)SizeOf(envelope.Length));
        RequireBounds(envelopes.Count, length);
        var bytes = new byte[length];
        var position = 0;
        foreach (var envelope in envelopes)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(position), (uint)envelope.Length);
            envelope.Span.CopyTo(bytes.AsSpan(position + LengthBytes));
            position += SizeOf(envelope.Length);
        }

        return new EnvelopeBatch(bytes);
    }

    /// <summary>The whole message, for whoever vouches for it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The envelopes, not copied. Whoever sent this may be anybody, so every bound is checked here.</summary>
    /// <exception cref="MalformedException">It is over a bound, or a length is past the end.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Split()
    {
        var bytes = _bytes ?? throw new MalformedException("a batch without bytes");
        RequireBounds(1, bytes.Length);
        var envelopes = new List<ReadOnlyMemory<byte>>();
        for (var position = 0; position < bytes.Length;)
        {
            var reader = new WireReader(bytes.AsSpan(position));
            var length = reader.Bytes32(Limits.EnvelopeBytesMax, "envelope").Length;
            envelopes.Add(bytes.AsMemory(position + LengthBytes, length));
            RequireBounds(envelopes.Count, bytes.Length);
            position += SizeOf(length);
        }

        return envelopes;
    }

    private static void RequireBounds(int count, long bytes)
    {
        if (count is < 1 or > CountMax)
        {
            throw new MalformedException($"a batch has {count} envelopes, expected 1 to {CountMax}");
        }

        if (bytes is < 1 or > BytesMax)
        {
            throw new MalformedException($"a batch has {bytes} bytes, expected 1 to {BytesMax}");
        }
    }
}
