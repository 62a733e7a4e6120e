using Actors.Gateway.Settings;
using Actors.Gateway.Transactions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>Bounds of the server: what one client can hold, and how slowly.</summary>
internal sealed class KestrelLimits(IOptions<GatewayOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    private const int HeadBytesMax = 32 * 1024;
    private const int HeaderCountMax = 64;
    private const int Http2StreamsPerConnectionMax = 1_024;

    public void Configure(KestrelServerOptions kestrel)
    {
        var http = options.Value.Http;
        var slowest = new MinDataRate(http.SlowClientBytesPerSecondMin, TimeSpan.FromMilliseconds(http.SlowClientGraceMs));
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = http.ConnectionsMax;

        // A body somewhat over its bound is still read off the connection, so that its sender gets to see the answer.
        kestrel.Limits.MaxRequestBodySize = 2 * SubmissionLimits.JsonBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeadBytesMax;
        kestrel.Limits.MaxRequestHeaderCount = HeaderCountMax;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(http.HeadersTimeoutMs);
        kestrel.Limits.MinRequestBodyDataRate = slowest;
        kestrel.Limits.MinResponseDataRate = slowest;
        kestrel.Limits.Http2.MaxStreamsPerConnection = Http2StreamsPerConnectionMax;
        kestrel.ConfigureEndpointDefaults(endpoint => ListenRule.Check(endpoint, options.Value.Access));
    }
}
