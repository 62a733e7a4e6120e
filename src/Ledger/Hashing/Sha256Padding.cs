using System.Buffers.Binary;

namespace Actors.Ledger.Hashing;

/// <summary>How SHA-256 fills a tagged message up to whole blocks (FIPS 180-4, 5.1.1).</summary>
internal static class Sha256Padding
{
    public const int BlockBytes = 64;

    /// <summary>What comes before the data: the tag that keeps leaves, nodes and tables apart.</summary>
    public const int TagBytes = 1;

    private const int BitCountBytes = 8;
    private const byte EndOfMessage = 0x80;

    /// <summary>The number of blocks SHA-256 processes for a tag and <paramref name="length"/> bytes of data.</summary>
    public static int BlocksOf(int length) =>
        (int)(((long)TagBytes + length + BitCountBytes) / BlockBytes) + 1;

    /// <summary>Writes tag, data and padding over all of <paramref name="message"/>, whole blocks as many as needed.</summary>
    public static void Write(Span<byte> message, byte tag, ReadOnlySpan<byte> data)
    {
        WriteAround(message, tag, data.Length);
        data.CopyTo(message[TagBytes..]);
    }

    /// <summary>Writes tag and padding, and leaves the <paramref name="length"/> bytes of data between them alone.</summary>
    public static void WriteAround(Span<byte> message, byte tag, int length)
    {
        message[0] = tag;
        var padding = message[(TagBytes + length)..];
        padding.Clear();
        padding[0] = EndOfMessage;
        BinaryPrimitives.WriteUInt64BigEndian(padding[^BitCountBytes..], 8 * (ulong)(TagBytes + length));
    }
}
