using System.Buffers;
using System.Globalization;
using System.Text;

namespace Actors.Cli.Client;

/// <summary>The HTTP/1.1 chunked coding (RFC 9112, section 7.1) over a connection, both ways and both at the same time.</summary>
internal sealed class ChunkedStream(Stream connection)
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();
    private const int HeadBytesMax = 32 * 1024;
    private readonly BufferedStream _input = new(connection, 64 * 1024);
    private long _left;
    private bool _began;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var head = Encoding.ASCII.GetBytes(content.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
        var chunk = ArrayPool<byte>.Shared.Rent(head.Length + content.Length + LineEnd.Length);
        try
        {
            head.CopyTo(chunk, 0);
            content.CopyTo(chunk.AsMemory(head.Length));
            LineEnd.CopyTo(chunk, head.Length + content.Length);
            await connection.WriteAsync(chunk.AsMemory(0, head.Length + content.Length + LineEnd.Length), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    public ValueTask WriteEndAsync(CancellationToken cancellation) => connection.WriteAsync(LastChunk, cancellation);

    /// <summary>Fills the buffer; false when the content ended just before it.</summary>
    public async ValueTask<bool> TryReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        for (var filled = 0; filled < buffer.Length;)
        {
            if (_left == 0 && !await NextChunkAsync(cancellation))
            {
                return filled == 0 ? false : throw new IOException("the node ended its answer inside an item");
            }

            var part = buffer[filled..(int)Math.Min(buffer.Length, filled + _left)];
            await _input.ReadExactlyAsync(part, cancellation);
            filled += part.Length;
            _left -= part.Length;
        }

        return true;
    }

    /// <summary>A line of the response's head or of the coding, without its end.</summary>
    public async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (line.Length < HeadBytesMax)
        {
            await _input.ReadExactlyAsync(next, cancellation);
            if (next[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)next[0]);
        }

        throw new IOException("the node's answer has an overlong line");
    }

    private async ValueTask<bool> NextChunkAsync(CancellationToken cancellation)
    {
        if (_began)
        {
            await ReadLineAsync(cancellation);
        }

        _began = true;
        var size = await ReadLineAsync(cancellation);
        return long.TryParse(size.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left)
            ? _left > 0
            : throw new IOException($"the node's answer has '{size}' where the size of a chunk is expected");
    }
}
