using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Tests;

public sealed class StreamTests(DemoFixture fixture) : IClassFixture<DemoFixture>
{
    private const string Envelopes = "application/vnd.actors.envelopes";
    private const string Results = "application/vnd.actors.results";
    private const string Ndjson = "application/x-ndjson";

    private DemoChain Demo => fixture.Demo;

    private string Path => $"{Demo.Path}/transactions/stream";

    [Fact]
    public async Task Each_item_is_answered_in_the_order_of_the_items()
    {
        var envelopes = Enumerable.Range(0, 3_000).Select(i => i % 1_000 == 500 ? Demo.Payment(999_999_999) : Demo.Payment()).ToArray();
        var results = await StreamBinaryAsync(Framed(envelopes));

        Assert.Equal(envelopes.Length, results.Count);
        for (var i = 0; i < results.Count; i++)
        {
            Assert.Equal(i % 1_000 == 500 ? (409, (int)Outcome.BelowFloor) : (201, 0), (results[i].Status, results[i].Outcome));
            Assert.Equal(Envelope.Parse(envelopes[i], Demo.Genesis.Hash).Transaction.Id, results[i].Id);
        }
    }

    [Fact]
    public async Task A_bad_item_is_answered_and_the_others_go_on()
    {
        var results = await StreamBinaryAsync(Framed(Demo.Payment(), [1, 2, 3], [], Demo.Payment()));
        Assert.Equal([201, 400, 400, 201], results.Select(r => r.Status));
    }

    [Fact]
    public async Task The_same_item_twice_is_one_transaction()
    {
        var envelope = Demo.Payment();
        var results = await StreamBinaryAsync(Framed(envelope, envelope));
        Assert.Equal([201, 200], results.Select(r => r.Status));
        Assert.Equal(results[0].Height, results[1].Height);
    }

    [Fact]
    public async Task An_item_that_says_it_is_too_large_ends_the_stream()
    {
        var results = await StreamBinaryAsync([.. Framed(Demo.Payment()), 0x7F, 0, 0, 0, .. Framed(Demo.Payment())]);
        Assert.Equal([201, 413], results.Select(r => r.Status));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task A_body_that_ends_inside_an_item_says_so(int bytes)
    {
        var results = await StreamBinaryAsync([.. Framed(Demo.Payment()), .. Framed(Demo.Payment())[..bytes]]);
        Assert.Equal([201, 400], results.Select(r => r.Status));
    }

    [Fact]
    public async Task An_empty_stream_has_no_results() => Assert.Empty(await StreamBinaryAsync([]));

    [Fact]
    public async Task Lines_of_json_are_answered_by_lines_of_json()
    {
        var (_, encoded) = await Demo.PostAsync($"{Demo.Path}/encode", Unsigned("1700") + "}");
        var signature = Demo.Alice.Sign(Convert.FromHexString((string)encoded["signedBytes"]!));
        var good = Unsigned("1700") + $$""","signatures":[{"key":"{{Demo.Alice.Public}}","signature":"{{signature}}"}]}""";
        var lines = await StreamLinesAsync($"{good}\n\n{{\"broken\n{good}\r\n{good}");

        Assert.Equal(["0", "1", "2", "3"], lines.Select(l => (string)l["item"]!));
        Assert.Equal([201, 400, 200, 200], lines.Select(l => (int)l["status"]!));
        Assert.Equal("urn:actors:outcome:Malformed", (string)lines[1]["type"]!);
        Assert.Equal((string)encoded["id"]!, (string)lines[2]["id"]!);
    }

    [Fact]
    public async Task A_line_that_never_ends_ends_the_stream()
    {
        var lines = await StreamLinesAsync(new string('x', (4 << 20) + 10));
        Assert.Equal(413, (int)Assert.Single(lines)["status"]!);
    }

    [Fact]
    public async Task Results_come_while_items_are_still_sent()
    {
        using var raw = await RawHttp.ConnectAsync(Demo.Node.Address);
        await raw.BeginStreamAsync(Path, Envelopes, Results);
        Assert.StartsWith("HTTP/1.1 200", await raw.ReadHeadAsync());
        for (var i = 0; i < 3; i++)
        {
            await raw.SendChunkAsync(Framed(Demo.Payment()));
            Assert.Equal(201, Assert.Single(Parse(await raw.ReadChunkAsync())).Status);
        }

        await raw.SendAsync("0\r\n\r\n");
        Assert.Empty(await raw.ReadChunkAsync());
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_not_read_from_and_loses_nothing()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:StreamInFlightMax", "16");
        var demo = await DemoChain.CreateAsync(node);
        var envelopes = Enumerable.Range(0, 20_000).Select(_ => (byte[])[9]).ToArray();
        using var raw = await RawHttp.ConnectAsync(node.Address);
        await raw.BeginStreamAsync($"{demo.Path}/transactions/stream", Envelopes, Ndjson);
        await raw.ReadHeadAsync();

        // 20,000 answers of 200 bytes fit no socket buffer, so that the writer is held back until they are read.
        var sending = Task.Run(async () =>
        {
            foreach (var part in envelopes.Chunk(1_000))
            {
                await raw.SendChunkAsync(Framed(part));
            }

            await raw.SendAsync("0\r\n\r\n");
        });
        var answers = new StringBuilder();
        for (var chunk = await raw.ReadChunkAsync(); chunk.Length > 0; chunk = await raw.ReadChunkAsync())
        {
            answers.Append(Encoding.UTF8.GetString(chunk));
        }

        await sending;
        Assert.Equal(20_000, answers.ToString().Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_stream_that_sends_nothing_is_ended()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:StreamIdleMs", "200");
        var demo = await DemoChain.CreateAsync(node);
        using var raw = await RawHttp.ConnectAsync(node.Address);
        await raw.BeginStreamAsync($"{demo.Path}/transactions/stream", Envelopes, Results);
        await raw.SendChunkAsync(Framed(demo.Payment()));
        await raw.ReadHeadAsync();
        Assert.Equal(201, Assert.Single(Parse(await raw.ReadChunkAsync())).Status);
        Assert.Empty(await raw.ReadChunkAsync());
    }

    [Fact]
    public async Task A_stop_ends_a_stream_after_its_answers()
    {
        await using var node = await GatewayNode.StartAsync();
        var demo = await DemoChain.CreateAsync(node);
        using var raw = await RawHttp.ConnectAsync(node.Address);
        await raw.BeginStreamAsync($"{demo.Path}/transactions/stream", Envelopes, Results);
        await raw.ReadHeadAsync();
        await raw.SendChunkAsync(Framed(demo.Payment()));
        Assert.Equal(201, Assert.Single(Parse(await raw.ReadChunkAsync())).Status);
        await node.StopAsync();
        Assert.Empty(await raw.ReadChunkAsync());
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        var (status, problem) = await Demo.PostAsync(Path, "{}");
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "urn:actors:problem:unsupported-media-type"), (status, (string)problem["type"]!));
    }

    [Fact]
    public async Task Streams_over_the_bound_are_turned_away()
    {
        await using var node = await GatewayNode.StartAsync("--Actors:Http:StreamsMax", "1");
        var demo = await DemoChain.CreateAsync(node);
        using var raw = await RawHttp.ConnectAsync(node.Address);
        await raw.BeginStreamAsync($"{demo.Path}/transactions/stream", Envelopes, Results);
        await raw.ReadHeadAsync();
        var (status, problem) = await demo.PostAsync($"{demo.Path}/transactions/stream", "", Ndjson);
        Assert.Equal((HttpStatusCode.TooManyRequests, "urn:actors:problem:overloaded"), (status, (string)problem["type"]!));
    }

    private static string Unsigned(string amount) =>
        $$"""{"expiry":"{{FixedExpiry}}","kind":"atomic","operations":[{"type":"transfer","debit":"2","credit":"3","amount":"{{amount}}"}]""";

    private static readonly string FixedExpiry = DemoChain.Expiry().ToString();

    private static byte[] Framed(params byte[][] envelopes)
    {
        var writer = new WireWriter();
        foreach (var envelope in envelopes)
        {
            writer.Bytes32(envelope);
        }

        return writer.ToArray();
    }

    private async Task<List<Result>> StreamBinaryAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(Envelopes) } } };
        request.Headers.Add("Accept", Results);
        var response = await Demo.Node.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Results, response.Content.Headers.ContentType!.MediaType);
        return Parse(await response.Content.ReadAsByteArrayAsync());
    }

    private async Task<List<JsonNode>> StreamLinesAsync(string body)
    {
        var response = await Demo.Node.Client.PostAsync(Path, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(Ndjson)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
    }

    private static List<Result> Parse(ReadOnlySpan<byte> bytes)
    {
        var results = new List<Result>();
        while (!bytes.IsEmpty)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes);
            results.Add(Result.Read(bytes.Slice(4, length)));
            bytes = bytes[(4 + length)..];
        }

        return results;
    }

    private sealed record Result(int Status, int Outcome, TransactionId Id, ulong Height)
    {
        public static Result Read(ReadOnlySpan<byte> bytes)
        {
            var reader = new WireReader(bytes);
            Assert.Equal(1, reader.U8());
            var status = reader.U16();
            var outcome = reader.U16();
            var flags = reader.U8();
            var id = new TransactionId(reader.Hash());
            if ((flags & 4) != 0)
            {
                reader.U32();
            }

            var height = 0UL;
            if ((flags & 1) == 0)
            {
                reader.Bytes(reader.U16());
            }
            else
            {
                height = reader.U64();
                reader.U32();
                reader.U64();
                Assert.Equal(0U, reader.U32());
            }

            reader.End("result");
            return new Result(status, outcome, id, height);
        }
    }
}
