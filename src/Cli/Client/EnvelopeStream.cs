using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Actors.Ledger;
using Actors.Ledger.Wire;

namespace Actors.Cli.Client;

/// <summary>
/// Many envelopes over one request, many in flight, answered in order (docs/http-api.md, Streams). HttpClient sends a whole HTTP/1.1
/// body before it reads the answer, so this talks to the socket itself: a writer that packs what waits into chunks, and a
/// reader beside it.
/// </summary>
public sealed class EnvelopeStream : IAsyncDisposable
{
    private const int PackedBytesMax = 128 * 1024;
    private const int AnswerBytesMax = 16 << 20;
    private readonly Stream _connection;
    private readonly ChunkedStream _chunks;
    private readonly Channel<(ReadOnlyMemory<byte> Envelope, TaskCompletionSource<StreamAnswer> Answer)> _waiting = Channel.CreateUnbounded<(ReadOnlyMemory<byte>, TaskCompletionSource<StreamAnswer>)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentQueue<TaskCompletionSource<StreamAnswer>> _sent = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private volatile IOException? _broken;

    private EnvelopeStream(Stream connection)
    {
        _connection = connection;
        _chunks = new ChunkedStream(connection);
    }

    public static async Task<EnvelopeStream> OpenAsync(Uri node, ChainId chain, string? credential, CancellationToken cancellation)
    {
        var stream = new EnvelopeStream(await ConnectAsync(node, cancellation));
        var path = $"{node.AbsolutePath.TrimEnd('/')}/v1/chains/{chain}/transactions/stream";
        var head = $"POST {path} HTTP/1.1\r\nHost: {node.Authority}\r\nContent-Type: application/vnd.actors.envelopes\r\nAccept: application/vnd.actors.results\r\nTransfer-Encoding: chunked\r\n"
            + (credential is null ? "" : $"Authorization: Bearer {credential}\r\n") + "\r\n";
        await stream._connection.WriteAsync(Encoding.ASCII.GetBytes(head), cancellation);
        stream.Begin();
        return stream;
    }

    /// <summary>Over a connection on which the head of the request was sent.</summary>
    internal static EnvelopeStream Over(Stream connection)
    {
        var stream = new EnvelopeStream(connection);
        stream.Begin();
        return stream;
    }

    /// <summary>Sends an envelope, whose memory must not change until the answer is there.</summary>
    /// <exception cref="IOException">The connection broke: the outcome is unknown, and the same bytes may be sent again.</exception>
    public Task<StreamAnswer> SubmitAsync(ReadOnlyMemory<byte> envelope)
    {
        var answer = new TaskCompletionSource<StreamAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.Writer.TryWrite((envelope, answer)) ? answer.Task : throw new IOException("the stream to the node has ended");
    }

    /// <summary>Ends the request after what was submitted and waits for the last answer.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _work.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private static async Task<Stream> ConnectAsync(Uri node, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(node.Host, node.Port, cancellation);
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (node.Scheme != Uri.UriSchemeHttps)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = node.Host }, cancellation);
        return secure;
    }

    private void Begin() => _work = Task.WhenAll(GuardAsync(WriteAsync), GuardAsync(ReadAsync));

    private async Task WriteAsync()
    {
        var pack = new WireWriter(PackedBytesMax);
        while (await _waiting.Reader.WaitToReadAsync(_stop.Token))
        {
            pack.Clear();
            while (pack.Length < PackedBytesMax && _waiting.Reader.TryRead(out var item))
            {
                _sent.Enqueue(item.Answer);
                pack.Bytes32(item.Envelope.Span);
            }

            // The reader may have broken, and failed all that waited, between taking an item here and putting it among those sent.
            if (_broken is { } broken)
            {
                FailAll(broken);
                return;
            }

            await _chunks.WriteAsync(pack.WrittenMemory, _stop.Token);
        }

        await _chunks.WriteEndAsync(_stop.Token);
    }

    private async Task ReadAsync()
    {
        var status = await _chunks.ReadLineAsync(_stop.Token);
        while (await _chunks.ReadLineAsync(_stop.Token) is { Length: > 0 })
        {
            // The head is passed over: the status line says enough, and the node always answers a stream in chunks.
        }

        if (!status.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
        {
            throw new IOException($"the node answered the stream with '{status}'");
        }

        var buffer = new byte[4096];
        while (await _chunks.TryReadAsync(buffer.AsMemory(0, sizeof(uint)), _stop.Token))
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(buffer);
            if (length > AnswerBytesMax)
            {
                throw new IOException($"the node announced an answer of {length} bytes");
            }

            buffer = buffer.Length < length ? new byte[length] : buffer;
            if (!await _chunks.TryReadAsync(buffer.AsMemory(0, (int)length), _stop.Token) || !_sent.TryDequeue(out var waiting))
            {
                throw new IOException("the node answered more or less than was sent");
            }

            waiting.SetResult(StreamAnswer.Decode(buffer.AsSpan(0, (int)length)));
        }

        throw new IOException("the node ended the stream");
    }

    /// <summary>When either side ends, nobody is left waiting for an answer that cannot come.</summary>
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or MalformedException)
        {
            _waiting.Writer.TryComplete();
            _broken ??= new IOException($"the stream to the node broke: {fault.Message}", fault);
            FailAll(_broken);
        }
    }

    private void FailAll(IOException broken)
    {
        while (_sent.TryDequeue(out var waiting) || TakeUnsent(out waiting))
        {
            waiting.TrySetException(broken);
        }
    }

    private bool TakeUnsent(out TaskCompletionSource<StreamAnswer> answer)
    {
        var taken = _waiting.Reader.TryRead(out var item);
        answer = item.Answer;
        return taken;
    }
}
