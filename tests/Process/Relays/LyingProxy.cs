using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Actors.ProcessTests.Relays;

/// <summary>Stands before a node and answers as it does, but for what it has for the other side of a channel: there one byte is another.</summary>
internal sealed class LyingProxy : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _node;
    private readonly Func<int, int> _place;

    /// <param name="node">Before which node.</param>
    /// <param name="place">Which byte of a batch of so many bytes is flipped.</param>
    public LyingProxy(string node, Func<int, int> place)
    {
        _place = place;
        _node = new HttpClient { BaseAddress = new Uri(node) };
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>How many batches were not what the node gave.</summary>
    public int Lies { get; private set; }

    public void Dispose()
    {
        _listener.Close();
        _node.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            using var answer = await _node.SendAsync(await ForwardedAsync(context.Request));
            var body = await answer.Content.ReadAsByteArrayAsync();
            if (context.Request.Url!.AbsolutePath.EndsWith("/relay/batch", StringComparison.Ordinal) && body.Length > 0)
            {
                body[_place(body.Length)] ^= 1;
                Lies++;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpRequestException or HttpListenerException or ObjectDisposedException)
        {
            context.Response.Abort();
        }
    }

    private static async Task<HttpRequestMessage> ForwardedAsync(HttpListenerRequest asked)
    {
        var request = new HttpRequestMessage(new HttpMethod(asked.HttpMethod), asked.Url!.PathAndQuery);
        if (asked.Headers["Authorization"] is { } credential)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(credential);
        }

        if (asked.HasEntityBody)
        {
            using var body = new MemoryStream();
            await asked.InputStream.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse(asked.ContentType!) } };
        }

        return request;
    }
}
