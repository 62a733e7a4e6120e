using System.Collections.Concurrent;
using System.Net;
using Actors.ProcessTests.Load;
using Actors.ProcessTests.Oracle;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests;

/// <summary>SIGTERM under load.</summary>
public sealed class GracefulStopTests : IDisposable
{
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProbeMax = TimeSpan.FromSeconds(10);
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task A_node_that_is_told_to_stop_says_so_answers_what_it_took_and_exits_with_0()
    {
        using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--Actors:Http:StopNoticeMs", "1500");
        using var book = await Book.OpenAsync(gateway.Client, "demo", payers: 8, accountsEach: 4);
        var load = new Clients(gateway, CancellationToken.None).RunAsync(book, new Random(TestSettings.Seed));
        var probes = new ConcurrentQueue<HttpStatusCode?>();
        var probing = ProbeUntilRefusedAsync(gateway.Address, probes);
        while (book.Journal.All.Count(sent => sent.IsAcknowledged) < 200 && !load.IsCompleted)
        {
            await Task.Delay(10);
        }

        gateway.Terminate();
        var exitCode = await gateway.WaitForExitAsync(StopMax);
        Assert.True(exitCode == 0, $"expected exit code 0, found {exitCode}: {gateway.Said}");
        await load.WaitAsync(StopMax);
        await probing.WaitAsync(StopMax);
        Assert.Contains("The node is closed", gateway.Said);

        // Ready, then not ready, then gone: in this order, each seen.
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, null], probes.Aggregate(new List<HttpStatusCode?>(), AppendIfNew));

        // Nobody was left without an answer; a stream's client does not read after its end, so what it sent last is looked up.
        var unanswered = book.Journal.All.Where(sent => !sent.IsAcknowledged && !sent.IsTurnedAway && !sent.IsStreamed).ToArray();
        Assert.True(unanswered.Length == 0, $"{unanswered.Length} transactions were neither answered nor turned away");

        using var again = await GatewayProcess.StartAsync(_folder.Path);
        await ChainCheck.AfterRestartAsync(again, book, new Random(TestSettings.Seed));
        await ChainCheck.AtTheEndAsync(again, book, _folder, new Random(TestSettings.Seed));
    }

    public void Dispose() => _folder.Dispose();

    private static List<HttpStatusCode?> AppendIfNew(List<HttpStatusCode?> seen, HttpStatusCode? next)
    {
        if (seen.Count == 0 || seen[^1] != next)
        {
            seen.Add(next);
        }

        return seen;
    }

    /// <summary>A new connection each time, as a load balancer's probe has; null is a connection that was refused.</summary>
    private static async Task ProbeUntilRefusedAsync(Uri node, ConcurrentQueue<HttpStatusCode?> probes)
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false }) { BaseAddress = node, Timeout = ProbeMax };
        try
        {
            for (; ; await Task.Delay(20))
            {
                using var answer = await http.GetAsync("health/ready");
                probes.Enqueue(answer.StatusCode);
            }
        }
        catch (HttpRequestException)
        {
            probes.Enqueue(null);
        }
    }
}
