using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Grains.Accounts;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Webhooks;

/// <summary>
/// Posts changes to webhooks, signed per Standard Webhooks (https://www.standardwebhooks.com): the id names the change, so that a receiver knows one that it
/// was told before. Follows no redirects, uses no proxy, and connects to public addresses only.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const int IdBytes = 16;
    private readonly WebhookOptions _options;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _inFlight;

    public WebhookSender(IOptions<WebhookOptions> options)
    {
        _options = options.Value;
        _inFlight = new SemaphoreSlim(_options.InFlightMax);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
        };
        _http = new HttpClient(handler) { Timeout = TimeSpan.FromMilliseconds(_options.TimeoutMs) };
    }

    /// <summary>Null when the receiver took it (2xx); otherwise what happened.</summary>
    public async Task<string?> TrySendAsync(WebhookRecord webhook, AccountChange change, CancellationToken cancellation)
    {
        await _inFlight.WaitAsync(cancellation);
        try
        {
            using var request = Request(webhook, change, DateTimeOffset.UtcNow);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? null : $"answered {(int)response.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return failure.Message;
        }
        finally
        {
            _inFlight.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _inFlight.Dispose();
    }

    private static HttpRequestMessage Request(WebhookRecord webhook, AccountChange change, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "account.changed",
            timestamp = DateTimeOffset.FromUnixTimeMilliseconds((long)change.TimeMs).ToString("yyyy-MM-ddTHH:mm:ss.fffZ"),
            data = new { account = change.Account, height = change.Height, postedChange = change.PostedChange, touches = change.Touches },
        });
        var id = "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{webhook.Id} {change.Account} {change.Height}")).AsSpan(0, IdBytes));
        var time = now.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", time.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(webhook.Secret, signed)));
        return request;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var allowed = _options.AllowPrivateTargets ? addresses : [.. addresses.Where(WebhookTarget.IsPublic)];
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"{context.DnsEndPoint.Host} has no public address");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
