using System.Net;
using System.Text.Json.Nodes;
using Actors.Engine.Faults;
using Actors.Gateway.Hosting;
using Actors.Gateway.Problems;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Gateway.Tests;

/// <summary>Slow clients, crowds, and a store that does not answer.</summary>
public sealed class BoundsTests
{
    private const int PollMs = 10;

    [Fact]
    public async Task A_client_that_sends_its_body_too_slowly_is_let_go()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:SlowClientGraceMs", "1001", "--Actors:Http:SlowClientBytesPerSecondMin", "1000");
        var demo = await DemoChain.CreateAsync(node);
        using var raw = await RawHttp.ConnectAsync(node.Address);
        await raw.SendAsync($"POST {demo.Path}/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nabc");
        var answer = await raw.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.Contains("urn:actors:problem:too-slow", answer);
        Assert.Equal(HttpStatusCode.Created, (await demo.SubmitAsync(demo.Payment())).Status);
    }

    [Fact]
    public async Task A_client_that_never_finishes_its_head_is_let_go()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:HeadersTimeoutMs", "1000");
        using var raw = await RawHttp.ConnectAsync(node.Address);
        await raw.SendAsync("GET /v1/chains HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        Assert.StartsWith("HTTP/1.1 408", await raw.ReadToEndAsync());
    }

    [Fact]
    public async Task A_head_over_its_bound_is_refused()
    {
        await using var node = await GatewayNode.StartAsync();
        using var raw = await RawHttp.ConnectAsync(node.Address);
        await raw.SendAsync($"GET /v1/chains HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 40_000)}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 431", await raw.ReadToEndAsync());
    }

    [Fact]
    public async Task A_foreign_host_name_on_trusted_loopback_is_refused()
    {
        await using var node = await GatewayNode.StartAsync();
        using var raw = await RawHttp.ConnectAsync(node.Address);
        await raw.SendAsync("GET /v1/chains HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", await raw.ReadToEndAsync());
    }

    [Fact]
    public async Task More_requests_than_fit_are_told_when_to_come_again()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:RequestsInFlightMax", "1");
        var demo = await DemoChain.CreateAsync(node);
        using var first = await RawHttp.ConnectAsync(node.Address);
        await first.SendAsync($"POST {demo.Path}/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nabc");
        await UntilAsync(() => node.Services.GetRequiredService<InFlightLimits>().Requests.Taken == 1);

        var response = await node.Client.GetAsync(demo.Path);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        Assert.Equal("urn:actors:problem:overloaded", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["type"]!);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/health/live")).StatusCode);
        first.Dispose();
        await UntilAsync(() => node.Services.GetRequiredService<InFlightLimits>().Requests.Taken == 0);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync(demo.Path)).StatusCode);
    }

    [Fact]
    public async Task More_bytes_than_fit_are_told_when_to_come_again()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:IntakeBytesMax", "1048576");
        var demo = await DemoChain.CreateAsync(node);
        var (status, _) = await demo.SubmitAsync(demo.Payment());
        using var first = await RawHttp.ConnectAsync(node.Address);
        await first.SendAsync($"POST {demo.Path}/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 1048576\r\n\r\nabc");
        await UntilAsync(() => node.Services.GetRequiredService<InFlightLimits>().IntakeBytes.Taken == 1_048_576);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await demo.SubmitAsync(demo.Payment())).Status);
    }

    [Fact]
    public async Task Who_prefers_to_wait_only_so_long_is_told_where_to_look_after_it()
    {
        await using var node = await GatewayNode.StartAsync();
        var demo = await DemoChain.CreateAsync(node);
        string status;
        await using (await LockStoreAsync(node.Folder))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{demo.Path}/transactions") { Content = DemoChain.Binary(demo.Payment()) };
            request.Headers.Add("Prefer", "wait=1");
            var response = await node.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.Equal("wait=1", response.Headers.GetValues("Preference-Applied").Single());
            status = response.Headers.Location!.ToString();
        }

        await UntilAsync(async () => (await node.Client.GetAsync(status)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_that_the_outcome_is_unknown_and_learns_it_later()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:CommitWaitMs", "300");
        var demo = await DemoChain.CreateAsync(node);
        var envelope = demo.Payment();
        JsonNode unknown;
        await using (await LockStoreAsync(node.Folder))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{demo.Path}/transactions") { Content = DemoChain.Binary(envelope) };
            var response = await node.Client.SendAsync(request);
            unknown = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
            Assert.Equal($"{demo.Path}/transactions/{unknown["id"]}", response.Headers.Location!.ToString());
        }

        Assert.Equal("urn:actors:problem:outcome-unknown", (string)unknown["type"]!);
        HttpStatusCode status = default;
        await UntilAsync(async () => (status = (await demo.SubmitAsync(envelope)).Status) is HttpStatusCode.OK or HttpStatusCode.Created);
        Assert.Equal(HttpStatusCode.OK, (await demo.GetAsync($"/transactions/{unknown["id"]}")).Status);
    }

    [Fact]
    public async Task While_the_store_takes_no_writes_reads_go_on_and_what_waits_is_bounded()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Engine:InFlightMax", "1");
        var demo = await DemoChain.CreateAsync(node);
        var envelope = demo.Payment();
        await using (await LockStoreAsync(node.Folder))
        {
            var waiting = demo.SubmitAsync(envelope);
            HttpResponseMessage crowded = null!;
            await UntilAsync(async () => (crowded = await node.Client.PostAsync($"{demo.Path}/transactions", DemoChain.Binary(demo.Payment()))).StatusCode == HttpStatusCode.TooManyRequests);
            Assert.Equal(TimeSpan.FromSeconds(1), crowded.Headers.RetryAfter!.Delta);
            Assert.Equal(1_000_000, await demo.PostedAsync(2));

            var (status, problem) = await waiting;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:actors:problem:writes-stopped"), (status, (string)problem["type"]!));
            Assert.NotNull(problem["retryAfter"]);
            Assert.NotNull((string?)(await demo.GetAsync("")).Answer["writesStopped"]);
            Assert.Equal(1_000_000, await demo.PostedAsync(2));
        }

        await UntilAsync(async () => (await demo.SubmitAsync(envelope)).Status is HttpStatusCode.Created or HttpStatusCode.OK);
        Assert.Equal(999_999, await demo.PostedAsync(2));
    }

    [Fact]
    public async Task A_stop_refuses_what_is_new_and_ready_says_so_but_live_does_not()
    {
        await using var node = await GatewayNode.StartAsync();
        var host = node.Services.GetRequiredService<NodeHost>();
        Assert.NotNull(host.NodeForIntake);
        await node.StopAsync();
        Assert.Throws<NotReadyException>(() => host.NodeForIntake);
    }

    [Fact]
    public void Each_fault_has_its_problem()
    {
        AssertProblem(new OverloadedException("full"), 429, ProblemKind.Overloaded, 1);
        AssertProblem(new WritesStoppedException("disk full"), 503, ProblemKind.WritesStopped, 5);
        AssertProblem(new OutcomePendingException("no answer"), 504, ProblemKind.OutcomeUnknown, 1);
        AssertProblem(new ChainStoppedException("sums"), 503, ProblemKind.ChainStopped, null);
        AssertProblem(new NotReadyException("opening"), 503, ProblemKind.NotReady, 1);
        Assert.Null(ProblemAnswers.Of(new NullReferenceException()));
    }

    private static void AssertProblem(Exception fault, int status, ProblemKind kind, int? retryAfter)
    {
        var answer = ProblemAnswers.Of(fault)!;
        Assert.Equal((status, kind, retryAfter), (answer.Status, answer.Kind!.Value, AnswerJson.RetryAfterSeconds(answer)));
        Assert.Equal(fault.Message, AnswerJson.ToProblem(answer).Detail);
    }

    /// <summary>Another program that keeps the store's write lock.</summary>
    private static async Task<SqliteConnection> LockStoreAsync(string folder)
    {
        var file = Directory.GetFiles(folder, "log.db", SearchOption.AllDirectories).Single();
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(15);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "it did not come true within 15 s");

            // Asking without a pause would take the time from whoever is to make it true.
            await Task.Delay(PollMs);
        }
    }
}
