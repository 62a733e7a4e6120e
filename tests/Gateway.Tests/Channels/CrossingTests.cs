using System.Net;
using System.Text.Json.Nodes;
using Actors.Ledger;

namespace Actors.Gateway.Tests.Channels;

/// <summary>Value crosses between two chains of a node by operations in JSON alone, carried by the node.</summary>
public sealed class CrossingTests : IAsyncLifetime
{
    private GatewayNode _node = null!;
    private JoinedChains _chains = null!;

    public async Task InitializeAsync()
    {
        _node = await GatewayNode.StartAsync();
        _chains = await JoinedChains.CreateAsync(_node, "");
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_transfer_to_an_address_on_another_chain_arrives_there_and_is_acknowledged_and_goes_home_again()
    {
        var sent = await JoinedChains.CommitAsync(_chains.North, Transfer("2", To(_chains.South, _chains.Holder), 700), _chains.North.Alice);
        var delivery = await JoinedChains.SettledAsync(_chains.North, sent);

        Assert.Equal("acknowledged", (string)delivery["state"]!);
        var packet = delivery["deliveries"]![0]!;
        Assert.Equal(("1", "1", "south", "1"), ((string)packet["channel"]!, (string)packet["sequence"]!, (string)packet["peer"]!, (string)packet["peerChannel"]!));
        Assert.Equal(700, await _chains.South.PostedAsync(int.Parse(_chains.Holder)));
        Assert.Equal(700, await _chains.North.PostedAsync(int.Parse(_chains.Escrow)));
        Assert.Equal(999_300, await _chains.North.PostedAsync(2));

        var back = await JoinedChains.CommitAsync(_chains.South, Transfer(_chains.Holder, To(_chains.North, "3"), 200), _chains.South.Bob);
        Assert.Equal("acknowledged", (string)(await JoinedChains.SettledAsync(_chains.South, back))["state"]!);
        Assert.Equal(500, await _chains.North.PostedAsync(int.Parse(_chains.Escrow)));
        Assert.Equal(200, await _chains.North.PostedAsync(3));
        Assert.Equal(-500, await _chains.South.PostedAsync(int.Parse(_chains.Issuer)));
    }

    [Fact]
    public async Task Transfers_across_go_in_a_stream_of_lines_too_and_one_that_cannot_cross_is_answered()
    {
        var lines = new[]
        {
            await JoinedChains.SignAsync(_chains.North, Transfer("2", To(_chains.South, _chains.Holder), 700), _chains.North.Alice),
            await JoinedChains.SignAsync(_chains.North, Transfer("2", "3", 5), _chains.North.Alice),
            (await JoinedChains.SignAsync(_chains.North, Transfer("2", "3", 6), _chains.North.Alice)).Replace("\"credit\":\"3\"", $"\"credit\":\"{new Address(ChainId.Parse("west"), new AccountNumber(2))}\"", StringComparison.Ordinal),
            await JoinedChains.SignAsync(_chains.North, Transfer("2", To(_chains.South, _chains.Holder), 20) + "," + Transfer("2", To(_chains.South, _chains.Holder), 1), _chains.North.Alice),
        };

        var response = await _node.Client.PostAsync($"{_chains.North.Path}/transactions/stream", new StringContent(string.Join('\n', lines), null, "application/x-ndjson"));
        var answers = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Equal(["201", "201", "422", "201"], answers.Select(answer => answer["status"]!.ToString()));
        Assert.EndsWith(":no-channel-fits", (string)answers[2]["type"]!);
        Assert.Equal("acknowledged", (string)(await JoinedChains.SettledAsync(_chains.North, answers[0]))["state"]!);
        Assert.Equal("acknowledged", (string)(await JoinedChains.SettledAsync(_chains.North, answers[3]))["state"]!);
        Assert.Equal((721L, 1_000_000L - 721 - 5), (await _chains.South.PostedAsync(int.Parse(_chains.Holder)), await _chains.North.PostedAsync(2)));
    }

    [Fact]
    public async Task What_is_signed_names_the_channel_and_the_peer()
    {
        var body = $$"""{"expiry":"{{DemoChain.Expiry()}}","kind":"atomic","operations":[{{Transfer("2", To(_chains.South, _chains.Holder), 700)}}]}""";

        var (status, encoded) = await _chains.North.PostAsync($"{_chains.North.Path}/encode", body);

        Assert.Equal(HttpStatusCode.OK, status);
        var send = encoded["operations"]![0]!;
        Assert.Equal(("send", _chains.Escrow, _chains.South.Genesis.Hash.ToString(), _chains.Holder), ((string)send["type"]!, (string)send["through"]!, (string)send["peer"]!, (string)send["recipient"]!));
        Assert.Null((await _chains.North.PostAsync($"{_chains.North.Path}/encode", body.Replace(To(_chains.South, _chains.Holder), "3", StringComparison.Ordinal))).Answer["operations"]);
    }

    [Fact]
    public async Task The_last_expiry_there_is_has_a_timeout_too()
    {
        var body = $$"""{"expiry":"{{Limits.TimeMsMax}}","kind":"atomic","operations":[{{Transfer("2", To(_chains.South, _chains.Holder), 700)}}]}""";

        var (status, encoded) = await _chains.North.PostAsync($"{_chains.North.Path}/encode", body);

        Assert.True(status == HttpStatusCode.OK, encoded.ToJsonString());
        Assert.Equal($"{Limits.TimeMsMax}", (string)encoded["operations"]![0]!["timeout"]!);
    }

    [Fact]
    public async Task What_does_not_arrive_comes_back_and_says_why()
    {
        var sent = await JoinedChains.CommitAsync(_chains.North, Transfer("2", To(_chains.South, "2"), 5) + "," + Transfer("2", To(_chains.South, _chains.Holder), 6), _chains.North.Alice);

        var delivery = await JoinedChains.SettledAsync(_chains.North, sent);

        Assert.Equal("refunded", (string)delivery["state"]!);
        Assert.Equal(["refunded", "acknowledged"], delivery["deliveries"]!.AsArray().Select(packet => (string)packet!["state"]!));
        Assert.Equal("AssetMismatch", (string?)delivery["deliveries"]![0]!["outcomeName"]);
        Assert.Equal(1_000_000 - 6, await _chains.North.PostedAsync(2));
    }

    [Fact]
    public async Task Until_the_other_side_takes_it_it_is_sent_and_the_channel_says_what_it_waits_for()
    {
        await JoinedChains.CommitAsync(_chains.South, """{"type":"pause-channel","channel":"1"}""", _chains.South.Operator);
        var sent = await JoinedChains.CommitAsync(_chains.North, Transfer("2", To(_chains.South, _chains.Holder), 5), _chains.North.Alice);
        var waiting = (await _chains.North.GetAsync($"/transactions/{(string)sent["id"]!}/delivery")).Answer;

        Assert.Equal(("sent", "peer-paused"), ((string)waiting["state"]!, (string)waiting["deliveries"]![0]!["waitsFor"]!));
        var packet = (await _chains.North.GetAsync("/channels/1/packets")).Answer["packets"]![0]!;
        Assert.True((bool)packet["stuck"]!);
        Assert.Equal(("sent", "peer-paused", (string)sent["id"]!, "5", "2"), ((string)packet["state"]!, (string)packet["waitsFor"]!, (string)packet["transaction"]!, (string)packet["amount"]!, (string)packet["sender"]!));
        Assert.Empty((await _chains.North.GetAsync("/channels/1/packets?state=stuck")).Answer["packets"]!.AsArray());

        await JoinedChains.CommitAsync(_chains.North, """{"type":"pause-channel","channel":"1"}""", _chains.North.Operator);
        Assert.Equal("channel-paused", (string)(await _chains.North.GetAsync("/channels/1/packets?state=stuck")).Answer["packets"]![0]!["waitsFor"]!);
        await JoinedChains.CommitAsync(_chains.North, """{"type":"pause-channel","channel":"1","resume":true}""", _chains.North.Operator);
        await JoinedChains.CommitAsync(_chains.South, """{"type":"pause-channel","channel":"1","resume":true}""", _chains.South.Operator);
        Assert.Equal("acknowledged", (string)(await JoinedChains.SettledAsync(_chains.North, sent))["state"]!);
        Assert.Empty((await _chains.North.GetAsync("/channels/1/packets")).Answer["packets"]!.AsArray());
    }

    [Fact]
    public async Task A_delivery_posts_its_payment_on_the_other_chain_and_one_that_does_not_fit_comes_back()
    {
        // On south, Alice pays Bob 250 when the 40 of north arrive that north's account 2 sends to Bob's account there.
        var pending = $$"""{"type":"pending-delivery","debit":"2","credit":"3","amount":"250","timeout":"{{Later()}}","through":"{{_chains.Issuer}}","sender":"2","delivered":"40","recipient":"{{_chains.Holder}}"}""";
        var payment = JoinedChains.Created(await JoinedChains.CommitAsync(_chains.South, pending, _chains.South.Alice), 0);

        var wrong = await JoinedChains.CommitAsync(_chains.North, Delivery(payment, 39), _chains.North.Alice);
        var returned = await JoinedChains.SettledAsync(_chains.North, wrong);
        Assert.Equal("refunded", (string)returned["state"]!);
        Assert.Equal("open", (string)(await _chains.South.GetAsync($"/pendings/{payment}")).Answer["state"]!);
        Assert.Equal((1_000_000L, 0L), (await _chains.North.PostedAsync(2), await _chains.South.PostedAsync(3)));

        var delivered = await JoinedChains.CommitAsync(_chains.North, Delivery(payment, 40), _chains.North.Alice);
        Assert.Equal("acknowledged", (string)(await JoinedChains.SettledAsync(_chains.North, delivered))["state"]!);
        Assert.Equal("posted", (string)(await _chains.South.GetAsync($"/pendings/{payment}")).Answer["state"]!);
        Assert.Equal((999_960L, 40L), (await _chains.North.PostedAsync(2), await _chains.South.PostedAsync(int.Parse(_chains.Holder))));
        Assert.Equal((999_750L, 250L), (await _chains.South.PostedAsync(2), await _chains.South.PostedAsync(3)));

        var twice = await JoinedChains.CommitAsync(_chains.North, Delivery(payment, 40), _chains.North.Alice);
        Assert.Equal("refunded", (string)(await JoinedChains.SettledAsync(_chains.North, twice))["state"]!);
        Assert.Equal((999_960L, 250L), (await _chains.North.PostedAsync(2), await _chains.South.PostedAsync(3)));
    }

    [Fact]
    public async Task Where_two_channels_fit_one_has_to_be_named()
    {
        await _chains.OpenAsync(2);
        Assert.Equal("acknowledged", (string)(await JoinedChains.SettledAsync(_chains.North, await JoinedChains.CommitAsync(_chains.North, Transfer("2", To(_chains.South, _chains.Holder), 1), _chains.North.Alice)))["state"]!);
        await JoinedChains.CommitAsync(_chains.North, """{"type":"open-route","channel":"2","asset":"1"}""", _chains.North.Operator);

        var (status, several) = await JoinedChains.SubmitAsync(_chains.North, Transfer("2", To(_chains.South, _chains.Holder), 1), _chains.North.Alice);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:actors:problem:several-channels-fit"), (status, (string)several["type"]!));
        Assert.Contains("1, 2", (string)several["detail"]!);
        var named = await JoinedChains.CommitAsync(_chains.North, Transfer("2", To(_chains.South, _chains.Holder), 1, ""","channel":"1","memo":"0a" """), _chains.North.Alice);
        Assert.Equal("1", (string)(await JoinedChains.SettledAsync(_chains.North, named))["deliveries"]![0]!["channel"]!);
        Assert.Equal(2, (await _chains.North.GetAsync($"/routes?peer=south&asset=1")).Answer["routes"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"type":"transfer","debit":"2","credit":"west.2.54","amount":"1"}""", "no-channel-fits", "knows no chain 'west'")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"SOUTH","amount":"1","channel":"7"}""", "no-channel-fits", "these are: 1")]
    [InlineData("""{"type":"transfer","debit":"99","credit":"SOUTH","amount":"1"}""", "account-not-found", "no account 99")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"SOUTH","amount":"1","reference":"0a"}""", "Malformed", "a memo, and no reference")]
    [InlineData("""{"type":"transfer","debit":"@0","credit":"SOUTH","amount":"1"}""", "Malformed", "same transaction")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"1","channel":"1"}""", "Malformed", "another chain")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"1","memo":"00"}""", "Malformed", "another chain")]
    public async Task A_transfer_that_cannot_cross_says_why_before_anything_is_signed(string operation, string type, string part)
    {
        operation = operation.Replace("SOUTH", To(_chains.South, _chains.Holder), StringComparison.Ordinal).Replace("west.2.54", new Address(ChainId.Parse("west"), new AccountNumber(2)).ToString(), StringComparison.Ordinal);

        var (_, problem) = await JoinedChains.SubmitAsync(_chains.North, operation, _chains.North.Alice);

        Assert.EndsWith(":" + type, (string)problem["type"]!);
        Assert.Contains(part, (string)problem["detail"]!);
    }

    [Fact]
    public async Task Channels_peers_and_routes_are_listed_a_page_at_a_time_and_what_is_not_there_is_404()
    {
        var listed = (await _chains.North.GetAsync("/channels?limit=1")).Answer;
        Assert.Equal(("1", "open", "south", "1"), ((string)listed["channels"]![0]!["number"]!, (string)listed["channels"]![0]!["state"]!, (string)listed["channels"]![0]!["peer"]!["name"]!, (string)listed["next"]!));
        Assert.Empty((await _chains.North.GetAsync("/channels?after=1")).Answer["channels"]!.AsArray());
        Assert.Equal(_chains.South.Genesis.Hash.ToString(), (string)(await _chains.North.GetAsync("/peers/1")).Answer["genesis"]!);
        Assert.Equal("south", (string)(await _chains.North.GetAsync("/peers")).Answer["peers"]![0]!["name"]!);
        var shown = (await _chains.South.GetAsync("/channels/1?current=true")).Answer;
        Assert.Equal((JoinedChains.VoucherCode, "1"), ((string)shown["routes"]!["routes"]![0]!["code"]!, (string)shown["routes"]!["routes"]![0]!["peerAsset"]!));

        foreach (var (path, type) in new[]
        {
            ("/channels/2", "channel-not-found"), ("/channels/2/routes", "channel-not-found"), ("/channels/2/packets", "channel-not-found"), ("/peers/9", "peer-not-found"),
            ("/channels/x", "bad-parameter"), ("/channels/1/packets?state=lost", "bad-parameter"), ("/channels/1/packets?limit=201", "bad-parameter"), ("/channels?after=x", "bad-parameter"),
            ("/routes?peer=nobody&asset=1", "no-channel-fits"), ("/routes?asset=1", "bad-parameter"),
        })
        {
            Assert.Equal("urn:actors:problem:" + type, (string)(await _chains.North.GetAsync(path)).Answer["type"]!);
        }
    }

    [Fact]
    public async Task A_transaction_that_sent_nothing_has_no_delivery()
    {
        var paid = await JoinedChains.CommitAsync(_chains.North, Transfer("2", "3", 1), _chains.North.Alice);

        var (status, problem) = await _chains.North.GetAsync($"/transactions/{(string)paid["id"]!}/delivery");

        Assert.Equal((HttpStatusCode.NotFound, "urn:actors:problem:delivery-not-found"), (status, (string)problem["type"]!));
    }

    private static string Transfer(string debit, string credit, long amount, string more = "") =>
        $$"""{"type":"transfer","debit":"{{debit}}","credit":"{{credit}}","amount":"{{amount}}"{{more}}}""";

    private string Delivery(string payment, long amount) =>
        $$"""{"type":"send","debit":"2","through":"{{_chains.Escrow}}","recipient":"{{_chains.Holder}}","amount":"{{amount}}","timeout":"{{Later()}}","delivers":"{{payment}}"}""";

    private static string To(DemoChain chain, string account) => new Address(ChainId.Parse(chain.Id), new AccountNumber(ulong.Parse(account))).ToString();

    private static ulong Later() => (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 3_600_000;
}
