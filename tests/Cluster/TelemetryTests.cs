using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Actors.ClusterTests.Programs;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests;

/// <summary>One request can be followed from the gateway into the silo and its grains.</summary>
[Collection(ClusterCollection.Name)]
public sealed class TelemetryTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ExportMax = TimeSpan.FromSeconds(60);
    private static readonly byte[] TraceId = Convert.FromHexString("4bf92f3577b34da6a3ce929d0e0e4736");

    [Fact]
    public async Task The_trace_that_a_client_began_goes_on_in_gateway_silo_and_grain()
    {
        await using var collector = new Collector();
        using var silo = cluster.Launch("silo", "traced", [], collector.For("silo"));
        using var gateway = cluster.Launch("gateway", "traced", [], collector.For("gateway"));
        await silo.ListensAsync();
        await (await gateway.ListensAsync()).IsReadyAsync();
        using var book = await Book.OpenAsync(gateway.Client(Patience), "traced", payers: 1, accountsEach: 1);
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/chains/traced?current=true");
        request.Headers.Add("traceparent", $"00-{Convert.ToHexStringLower(TraceId)}-00f067aa0ba902b7-01");
        using var answer = await gateway.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await collector.UntilAsync("/gateway/v1/traces", TraceId, ExportMax);
        var spans = await collector.UntilAsync("/silo/v1/traces", TraceId, ExportMax);
        Assert.Contains("IChainGrain/", Encoding.UTF8.GetString(spans));
        Assert.Contains("actors.engine.blocks", Encoding.UTF8.GetString(await collector.UntilAsync("/silo/v1/metrics", "actors.engine.blocks"u8.ToArray(), ExportMax)));
        Assert.NotEmpty(await collector.UntilAsync("/silo/v1/metrics", "orleans-catalog-activations"u8.ToArray(), ExportMax));
    }

    /// <summary>Takes OTLP over HTTP and keeps the bytes, in which ids and names stand as they are.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _taken = new();
        private readonly string _address = $"http://127.0.0.1:{TestCluster.FreePort()}/";
        private readonly Task _running;

        public Collector()
        {
            _listener.Prefixes.Add(_address);
            _listener.Start();
            _running = RunAsync();
        }

        public Dictionary<string, string> For(string name) => new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _address + name,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        };

        public async Task<byte[]> UntilAsync(string path, byte[] holds, TimeSpan max)
        {
            for (var start = DateTime.UtcNow; DateTime.UtcNow - start < max; await Task.Delay(50))
            {
                if (_taken.FirstOrDefault(one => one.Path == path && one.Body.AsSpan().IndexOf(holds) >= 0) is { Body: { } body })
                {
                    return body;
                }
            }

            throw new TimeoutException($"nothing at {path} held {Convert.ToHexStringLower(holds)} within {max}; there was: {string.Join(", ", _taken.Select(one => one.Path).Distinct())}");
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _running;
        }

        private async Task RunAsync()
        {
            while (_listener.IsListening)
            {
                try
                {
                    var context = await _listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    _taken.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                    context.Response.StatusCode = 200;
                    context.Response.Close();
                }
                catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
