using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Actors.Gateway.Hosting;

namespace Actors.Gateway.Tests;

/// <summary>The gateway as a process of its own.</summary>
public sealed partial class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-process-").FullName;

    [Fact]
    public async Task It_says_where_everything_is_exports_telemetry_and_stops_when_told()
    {
        using var collector = new Collector();
        using var gateway = Start(
            new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_METRIC_EXPORT_INTERVAL"] = "200" },
            "--data", _folder, "--listen", "http://127.0.0.1:0");
        var banner = new StringBuilder();
        while (!banner.ToString().Contains("Next", StringComparison.Ordinal))
        {
            banner.AppendLine(await gateway.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException(await gateway.StandardError.ReadToEndAsync()));
        }

        Assert.Contains($"data         {_folder}", banner.ToString());
        Assert.Contains(Path.Combine(_folder, "admin-token"), banner.ToString());
        using var client = new HttpClient { BaseAddress = new Uri(ListensOn().Match(banner.ToString()).Groups[1].Value) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal("/v1/metrics", await collector.MetricsPathAsync());

        Assert.Equal(0, Kill(gateway.Id, 15));
        var rest = await gateway.StandardOutput.ReadToEndAsync();
        await gateway.WaitForExitAsync();
        Assert.Equal(0, gateway.ExitCode);
        Assert.Contains("The node is closed", rest);
    }

    [Fact]
    public async Task A_mistyped_setting_ends_it_with_its_name_and_no_stack_trace()
    {
        using var gateway = Start(new() { ["Actors__DataFoldr"] = "x" }, "--data", _folder);
        var said = await gateway.StandardError.ReadToEndAsync();
        await gateway.WaitForExitAsync();
        Assert.Equal(2, gateway.ExitCode);
        Assert.StartsWith("The gateway did not start: the setting Actors:DataFoldr is unknown", said);
        Assert.DoesNotContain("   at ", said);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Process Start(Dictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(GatewayProcess).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [GeneratedRegex(@"listening    (\S+)")]
    private static partial Regex ListensOn();

    /// <summary>Takes what an OTLP exporter sends and remembers what it was for.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource<string> _metrics = new();

        public Collector()
        {
            _listener.Start();
            _ = TakeAllAsync();
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public Task<string> MetricsPathAsync() => _metrics.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public void Dispose() => _listener.Dispose();

        private async Task TakeAllAsync()
        {
            while (true)
            {
                try
                {
                    using var connection = await _listener.AcceptTcpClientAsync();
                    using var reader = new StreamReader(connection.GetStream());
                    var path = (await reader.ReadLineAsync())!.Split(' ')[1];
                    await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                    if (path.EndsWith("metrics", StringComparison.Ordinal))
                    {
                        _metrics.TrySetResult(path);
                    }
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
