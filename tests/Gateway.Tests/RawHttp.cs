using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Actors.Gateway.Tests;

/// <summary>HTTP/1.1 by hand: reads while it writes, stops in the middle, sends what no client library would.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _tcp = new();
    private NetworkStream _stream = null!;

    public static async Task<RawHttp> ConnectAsync(Uri address)
    {
        var raw = new RawHttp();
        await raw._tcp.ConnectAsync(address.Host, address.Port);
        raw._stream = raw._tcp.GetStream();
        return raw;
    }

    public ValueTask SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    /// <summary>Begins a POST whose body follows in chunks.</summary>
    public ValueTask BeginStreamAsync(string path, string contentType, string accept) => SendAsync(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {contentType}\r\nAccept: {accept}\r\nTransfer-Encoding: chunked\r\n\r\n");

    public async ValueTask SendChunkAsync(ReadOnlyMemory<byte> bytes)
    {
        await SendAsync($"{bytes.Length:x}\r\n");
        await SendAsync(bytes);
        await SendAsync("\r\n");
    }

    /// <summary>The status line and headers, up to the empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var one = await ReadExactlyAsync(1);
            if (one.Length == 0)
            {
                break;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>The next chunk of a chunked response; empty at its end.</summary>
    public async Task<byte[]> ReadChunkAsync()
    {
        var line = "";
        while (!line.EndsWith("\r\n", StringComparison.Ordinal))
        {
            line += (char)(await ReadExactlyAsync(1))[0];
        }

        var chunk = await ReadExactlyAsync(int.Parse(line.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        await ReadExactlyAsync(2);
        return chunk;
    }

    /// <summary>Everything until the server closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all);
        }
        catch (IOException)
        {
            // Reset instead of closed; what came before is what counts.
        }

        return Encoding.ASCII.GetString(all.ToArray());
    }

    public void Dispose() => _tcp.Dispose();

    private async Task<byte[]> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        var read = await _stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false);
        return bytes[..read];
    }
}
