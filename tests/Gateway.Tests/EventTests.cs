using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Gateway.Tests;

public sealed class EventTests(DemoFixture fixture) : IClassFixture<DemoFixture>
{
    private DemoChain Demo => fixture.Demo;

    [Fact]
    public async Task Every_block_is_told_once_and_in_order()
    {
        await using var events = await OpenAsync("/events?after=0");
        await Demo.SubmitAsync(Demo.Payment());
        var head = ulong.Parse((string)(await Demo.GetAsync("")).Answer["height"]!);
        for (var height = 1UL; height <= head; height++)
        {
            Assert.Equal(height, await events.NextAsync());
        }

        await Demo.SubmitAsync(Demo.Payment());
        Assert.Equal(head + 1, await events.NextAsync());
    }

    [Fact]
    public async Task A_broken_connection_goes_on_after_the_last_id()
    {
        await Demo.SubmitAsync(Demo.Payment());
        await Demo.SubmitAsync(Demo.Payment());
        ulong last;
        await using (var first = await OpenAsync("/events?after=0"))
        {
            last = await first.NextAsync();
        }

        await using var resumed = await OpenAsync("/events", lastEventId: last.ToString());
        Assert.Equal(last + 1, await resumed.NextAsync());
    }

    [Fact]
    public async Task Without_a_start_only_what_comes_is_told()
    {
        await Demo.SubmitAsync(Demo.Payment());
        await using var events = await OpenAsync("/events");
        var (_, answer) = await Demo.SubmitAsync(Demo.Payment());
        Assert.Equal((string)answer["height"]!, (await events.NextAsync()).ToString());
    }

    [Fact]
    public async Task An_event_says_what_the_header_says()
    {
        await using var events = await OpenAsync("/events?after=0");
        await events.NextAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Demo.Path}/headers/1");
        request.Headers.Add("Accept", "application/json");
        var header = JsonNode.Parse(await (await Demo.Node.Client.SendAsync(request)).Content.ReadAsStringAsync())!;
        Assert.Equal((string)header["hash"]!, (string)events.Last!["hash"]!);
        Assert.Equal((string)header["time"]!, (string)events.Last["time"]!);
        Assert.Equal((int)header["operationCount"]!, (int)events.Last["operations"]!);
    }

    [Fact]
    public async Task An_id_above_the_head_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Demo.Path}/events");
        request.Headers.Add("Last-Event-ID", "123456");
        Assert.Equal(HttpStatusCode.BadRequest, (await Demo.Node.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_quiet_stream_says_that_it_is_alive()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:EventHeartbeatMs", "100");
        var demo = await DemoChain.CreateAsync(node);
        using var stream = new StreamReader(await node.Client.GetStreamAsync($"{demo.Path}/events"));
        string? line;
        do
        {
            line = await stream.ReadLineAsync();
        }
        while (line is not null && line != ": still here");
        Assert.NotNull(line);
    }

    [Fact]
    public async Task Event_streams_over_the_bound_are_turned_away()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:EventStreamsMax", "0");
        var demo = await DemoChain.CreateAsync(node);
        var response = await node.Client.GetAsync($"{demo.Path}/events");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
    }

    private async Task<Events> OpenAsync(string path, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Demo.Path + path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await Demo.Node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new Events(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    private sealed class Events(HttpResponseMessage response, StreamReader lines) : IAsyncDisposable
    {
        public JsonNode? Last { get; private set; }

        public async Task<ulong> NextAsync()
        {
            var id = "";
            while (await lines.ReadLineAsync() is { } line)
            {
                id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
                Last = line.StartsWith("data: ", StringComparison.Ordinal) ? JsonNode.Parse(line[6..]) : Last;
                if (line.Length == 0 && id.Length > 0)
                {
                    Assert.Equal(id, (string)Last!["height"]!);
                    return ulong.Parse(id);
                }
            }

            throw new EndOfStreamException("the events ended");
        }

        public ValueTask DisposeAsync()
        {
            response.Dispose();
            lines.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
