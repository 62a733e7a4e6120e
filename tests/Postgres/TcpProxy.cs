using System.Net;
using System.Net.Sockets;

namespace Actors.Tests.Postgres;

/// <summary>
/// Stands between a node and a server: may lead to another server from now on, and may cut a connection at its next commit, before the server hears
/// of it or before the node hears the answer.
/// </summary>
internal sealed class TcpProxy : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private volatile int _target;
    private int _cut;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    private enum Cut
    {
        None,
        BeforeCommit,
        BeforeAnswer,
    }

    public int Port { get; }

    /// <summary>How many commits were cut off.</summary>
    public int CutCount { get; private set; }

    /// <summary>New connections go to that port.</summary>
    public void LeadTo(int target) => _target = target;

    /// <summary>The next commit never reaches the server.</summary>
    public void CutNextCommit() => Interlocked.Exchange(ref _cut, (int)Cut.BeforeCommit);

    /// <summary>The next commit is done by the server, and nobody hears of it.</summary>
    public void CutNextAnswer() => Interlocked.Exchange(ref _cut, (int)Cut.BeforeAnswer);

    public void Dispose() => _listener.Dispose();

    private static ReadOnlySpan<byte> CommitMessage => "COMMIT\0"u8;

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                (client.NoDelay, server.NoDelay) = (true, true);
                var isCut = new TaskCompletionSource();
                await Task.WhenAny(SendAsync(client, server, isCut), AnswerAsync(server, client, isCut.Task));
            }
            catch (SocketException)
            {
                // The server is away: the node sees its connection closed.
            }
        }
    }

    private async Task SendAsync(TcpClient client, TcpClient server, TaskCompletionSource isCut)
    {
        var buffer = new byte[BufferBytes];
        while (await ReadAsync(client, buffer) is var count and > 0)
        {
            var cut = buffer.AsSpan(0, count).IndexOf(CommitMessage) < 0 ? Cut.None : (Cut)Interlocked.Exchange(ref _cut, (int)Cut.None);
            if (cut != Cut.None)
                CutCount++;
            if (cut == Cut.BeforeCommit)
                return;
            if (cut == Cut.BeforeAnswer)
                isCut.SetResult();
            await server.GetStream().WriteAsync(buffer.AsMemory(0, count));
        }
    }

    private static async Task AnswerAsync(TcpClient server, TcpClient client, Task isCut)
    {
        var buffer = new byte[BufferBytes];
        while (await ReadAsync(server, buffer) is var count and > 0 && !isCut.IsCompleted)
            await client.GetStream().WriteAsync(buffer.AsMemory(0, count));
    }

    private static async Task<int> ReadAsync(TcpClient from, byte[] buffer)
    {
        try
        {
            return await from.GetStream().ReadAsync(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return 0;
        }
    }
}
