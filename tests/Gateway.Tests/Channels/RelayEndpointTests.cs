using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Engine.Relays;

namespace Actors.Gateway.Tests.Channels;

/// <summary>What a relay in another process reads of a channel.</summary>
public sealed class RelayEndpointTests : IAsyncLifetime
{
    private const string Channel = "/channels/1/relay";
    private GatewayNode _node = null!;
    private JoinedChains _chains = null!;

    public async Task InitializeAsync()
    {
        _node = await GatewayNode.StartAsync();
        _chains = await JoinedChains.CreateAsync(_node, "");
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_position_says_where_the_other_sides_export_goes_on()
    {
        await JoinedChains.SettledAsync(_chains.North, await SendAsync(700));
        var (status, north) = await _chains.North.GetAsync(Channel + "/position");
        var south = (await _chains.South.GetAsync(Channel + "/position")).Answer;

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((1, "open", false, 1, "south", 1, false), ((int)north["channel"]!, Text(north, "state"), (bool)north["paused"]!, (int)north["peer"]!, Text(north, "peerName"), (int)north["peerChannel"]!, (bool)north["peerFrozen"]!));
        Assert.Equal(_chains.South.Genesis.Hash.ToString(), Text(north, "peerGenesis"));
        Assert.Equal(("1", "1", "0", "1", true), (Text(north, "sent"), Text(north, "settled"), Text(north, "received"), Text(north, "consumed"), (bool)north["confirmed"]!));
        Assert.Equal(("0", "1", "0"), (Text(south, "sent"), Text(south, "received"), Text(south, "consumed")));
    }

    [Fact]
    public async Task A_batch_holds_what_is_beyond_the_cursor_and_its_header_alone_is_smaller()
    {
        // What is settled is in no batch any more.
        await JoinedChains.CommitAsync(_chains.South, """{"type":"pause-channel","channel":"1"}""", _chains.South.Operator);
        await SendAsync(700);
        var all = await BatchAsync("/batch?held=1&received=0&consumed=0&confirmed=true");
        var header = await BatchAsync("/header?held=1&sealedSince=0");

        Assert.Equal((1L, 0L), (all.PacketCount, all.AcknowledgementCount));
        Assert.Equal((0L, 0L), (header.PacketCount, header.AcknowledgementCount));
        Assert.True(header.Encode().Length < all.Encode().Length);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("/batch?held=1&received=1&confirmed=true"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("/batch?held=999999"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("/header?held=999999"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("/timed-out"));
    }

    [Fact]
    public async Task A_batch_that_is_waited_for_comes_with_the_commit_that_makes_it()
    {
        var clock = Stopwatch.StartNew();
        var waiting = BatchAsync("/batch?held=1&received=0&confirmed=true&wait=60");
        await SendAsync(700);

        Assert.Equal(1, (await waiting).PacketCount);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(40), $"it took {clock.Elapsed}");
    }

    [Fact]
    public async Task A_wait_ends_with_nothing_when_its_time_is_over_or_the_node_stops()
    {
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("/batch?held=1&received=1&confirmed=true&wait=1"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("/timed-out?wait=1"));

        var waiting = new[] { StatusAsync("/batch?held=1&received=1&confirmed=true&wait=60"), StatusAsync("/timed-out?wait=60") };
        while (_node.Services.GetService(typeof(Hosting.InFlightLimits)) is Hosting.InFlightLimits { RelayReads.Taken: < 2 })
        {
            await Task.Delay(20);
        }

        await _node.StopAsync();
        Assert.All(await Task.WhenAll(waiting), status => Assert.Equal(HttpStatusCode.NoContent, status));
    }

    [Fact]
    public async Task Packets_that_timed_out_are_told_by_range_as_soon_as_they_have()
    {
        await JoinedChains.CommitAsync(_chains.South, """{"type":"pause-channel","channel":"1"}""", _chains.South.Operator);
        var timeout = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 2_000;
        var waiting = _node.Client.GetAsync(_chains.North.Path + Channel + "/timed-out?wait=60");
        await SendAsync(700, timeout);

        var answer = JsonNode.Parse(await (await waiting).Content.ReadAsStringAsync())!;

        Assert.Equal($$"""{"ranges":[{"first":"1","count":1}],"latest":"{{timeout}}"}""", answer.ToJsonString());
    }

    [Theory]
    [InlineData("/position", HttpStatusCode.NotFound, "channel-not-found", 2)]
    [InlineData("/batch", HttpStatusCode.NotFound, "channel-not-found", 65535)]
    [InlineData("/header", HttpStatusCode.NotFound, "channel-not-found", 2)]
    [InlineData("/timed-out", HttpStatusCode.NotFound, "channel-not-found", 2)]
    [InlineData("/position", HttpStatusCode.BadRequest, "bad-parameter", 0)]
    [InlineData("/position", HttpStatusCode.BadRequest, "bad-parameter", 65536)]
    [InlineData("/batch?held=x", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/batch?held=-1", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/batch?held=18446744073709551616", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/batch?sealedSince=01", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/batch?received=281474976710656", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/batch?consumed=281474976710656", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/batch?confirmed=yes", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/batch?wait=61", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/batch?wait=-1", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/header?held=", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    [InlineData("/timed-out?wait=soon", HttpStatusCode.BadRequest, "bad-parameter", 1)]
    public async Task Bad_input_is_refused_by_name(string what, HttpStatusCode status, string problem, int channel)
    {
        var (found, answer) = await _chains.North.GetAsync($"/channels/{channel}/relay{what}");

        Assert.Equal(status, found);
        Assert.Equal($"urn:actors:problem:{problem}", Text(answer, "type"));
    }

    [Fact]
    public async Task What_anybody_may_read_of_a_chain_holds_no_packets()
    {
        var sha = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("own")));
        await using var node = await GatewayNode.StartAsync(
            "--Actors:Access:ApiKeys:0:Name", "own", "--Actors:Access:ApiKeys:0:Sha256", sha, "--Actors:Access:ApiKeys:0:Scopes:0", "read-own", "--Actors:Access:ApiKeys:0:Keysets:demo:0", "2");
        await DemoChain.CreateAsync(node);
        using var client = node.CreateClient("own");
        foreach (var (what, status) in new[] { ("position", 404), ("header", 404), ("timed-out", 404), ("batch", 403) })
        {
            Assert.Equal(status, (int)(await client.GetAsync($"/v1/chains/demo/channels/1/relay/{what}")).StatusCode);
            Assert.Equal(401, (int)(await node.Client.GetAsync($"/v1/chains/demo/channels/1/relay/{what}")).StatusCode);
        }
    }

    [Fact]
    public async Task Relays_that_wait_are_bounded_apart_from_other_requests()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:RelayReadsMax", "0");
        var demo = await DemoChain.CreateAsync(node);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await demo.GetAsync(Channel + "/batch")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await demo.GetAsync(Channel + "/timed-out")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await demo.GetAsync(Channel + "/position")).Status);
    }

    private async Task<JsonNode> SendAsync(int amount, long? timeout = null)
    {
        var to = new Ledger.Address(Ledger.ChainId.Parse(_chains.South.Id), new Ledger.AccountNumber(ulong.Parse(_chains.Holder)));
        var limit = timeout is { } ms ? $",\"timeout\":\"{ms}\"" : "";
        return await JoinedChains.CommitAsync(_chains.North, $$"""{"type":"transfer","debit":"2","credit":"{{to}}","amount":"{{amount}}"{{limit}}}""", _chains.North.Alice);
    }

    private async Task<RelayBatch> BatchAsync(string what) => RelayBatch.Decode(await _node.Client.GetByteArrayAsync(_chains.North.Path + Channel + what));

    private async Task<HttpStatusCode> StatusAsync(string what) => (await _node.Client.GetAsync(_chains.North.Path + Channel + what)).StatusCode;

    private static string Text(JsonNode json, string name) => (string)json[name]!;
}
