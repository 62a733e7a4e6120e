using System.Text.Json.Nodes;
using Actors.Cli.Bench;
using Actors.Cli.Client;
using Actors.Ledger;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;

namespace Actors.Cli.Tests;

/// <summary>Channels between two chains of a gateway in a process of its own, from the command line.</summary>
public sealed class ChannelTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayProcess.StartAsync(_folder["data"], default);
        foreach (var chain in new[] { "north", "south" })
        {
            await DoAsync("keys", "new", KeyOf(chain));
            await DoAsync("chain", "create", chain, "--member", KeyOf(chain));
            await DoAsync("asset", "create", "EUR", "--scale", "2", "--issuer", "1", "--chain", chain, "--key", KeyOf(chain));
        }
    }

    [Fact]
    public async Task One_command_opens_a_channel_and_run_again_it_changes_nothing()
    {
        var opened = await OpenAsync("--asset", "1");

        Assert.Equal(("open", "1", 1), (Text(opened["from"]!["state"]), Text(opened["from"]!["channel"]), opened["from"]!["transactions"]!.AsArray().Count));
        Assert.Equal(("open", "1", 1), (Text(opened["to"]!["state"]), Text(opened["to"]!["channel"]), opened["to"]!["transactions"]!.AsArray().Count));
        Assert.Equal(("EUR", null), (Text(opened["from"]!["routes"]![0]!["code"]), opened["from"]!["routes"]![0]!["peerAsset"]));
        Assert.Equal(("NORTH.EUR", "1"), (Text(opened["to"]!["routes"]![0]!["code"]), Text(opened["to"]!["routes"]![0]!["peerAsset"])));

        var again = await OpenAsync("--asset", "1");
        Assert.Empty(again["from"]!["transactions"]!.AsArray());
        Assert.Empty(again["to"]!["transactions"]!.AsArray());

        var grown = await OpenAsync("--asset", "1", "--to-asset", "1=SEUR");
        Assert.Equal(["EUR", "SEUR"], grown["from"]!["routes"]!.AsArray().Select(route => Text(route!["code"])));
        Assert.Equal(["NORTH.EUR", "EUR"], grown["to"]!["routes"]!.AsArray().Select(route => Text(route!["code"])));

        var other = (await RunAsync("channel", "open", "--from", "south", "--to", "north", "--from-key", KeyOf("south"), "--to-key", KeyOf("north"), "--json")).Expect(ExitCode.Fine).Json;
        Assert.Empty(other["from"]!["transactions"]!.AsArray());
    }

    [Fact]
    public async Task An_opening_that_was_broken_off_goes_on()
    {
        (await RunAsync("channel", "open", "--from", "north", "--to", "south", "--from-key", KeyOf("north"), "--to-key", KeyOf("north"))).Expect(ExitCode.FoundWrong).ExpectError("on chain south");

        var opened = await OpenAsync();

        Assert.Empty(opened["from"]!["transactions"]!.AsArray());
        Assert.Single(opened["to"]!["transactions"]!.AsArray());
        Assert.Single((await DoAsync("channel", "list", "--chain", "north"))["channels"]!.AsArray());
    }

    [Fact]
    public async Task Several_channels_have_to_be_told_apart()
    {
        await OpenAsync();
        Assert.Equal("2", Text((await OpenAsync("--another"))["from"]!["channel"]));

        (await RunAsync("channel", "open", "--from", "north", "--to", "south", "--key", KeyOf("north"))).Expect(ExitCode.CouldNotRun).ExpectError("--channel (1, 2)");
        Assert.Equal("2", Text((await OpenAsync("--channel", "2", "--asset", "1"))["from"]!["routes"]![0]!["number"] is null ? null : (await DoAsync("channel", "show", "2", "--chain", "north"))["number"]));
        (await RunAsync("channel", "open", "--from", "north", "--to", "south", "--channel", "3", "--key", KeyOf("north"))).Expect(ExitCode.CouldNotRun).ExpectError("no channel 3");
    }

    [Fact]
    public async Task What_cannot_be_opened_says_what_to_do()
    {
        (await RunAsync("channel", "open", "--from", "north", "--to", "south")).Expect(ExitCode.CouldNotRun).ExpectError("--from-key and --to-key");
        (await RunAsync("channel", "open", "--from", "north", "--to", "north", "--key", KeyOf("north"))).Expect(ExitCode.CouldNotRun).ExpectError("one chain");
        (await RunAsync("channel", "open", "--from", "north", "--to", "nowhere", "--key", KeyOf("north"))).Expect(ExitCode.CouldNotRun).ExpectError("chain-not-found");
        (await RunAsync("channel", "open", "--from", "north", "--to", "south", "--key", KeyOf("north"), "--to-genesis", new string('0', 64))).Expect(ExitCode.FoundWrong).ExpectError("WrongChain");
        (await RunAsync("channel", "open", "--from", "north", "--to", "south", "--from-key", KeyOf("north"), "--to-key", KeyOf("south"), "--asset", "1=MUCH-TOO-LONG-CODE")).Expect(ExitCode.CouldNotRun).ExpectError("1=CODE");
        (await RunAsync("channel", "open", "--from", "north", "--to", "south", "--key", KeyOf("north"), "--asset", "x")).Expect(ExitCode.CouldNotRun).ExpectError("not a asset");
    }

    [Fact]
    public async Task A_channel_is_shown_bounded_paused_and_resumed()
    {
        await OpenAsync("--asset", "1");
        await DoAsync("channel", "limit", "1", "--asset", "1", "--per-hour", "12.50", "--chain", "north", "--key", KeyOf("north"));
        await DoAsync("channel", "pause", "1", "--chain", "north", "--key", KeyOf("north"));

        var shown = await DoAsync("channel", "show", "1", "--chain", "north");
        Assert.Equal(("open", true, "south", "1250"), (Text(shown["state"]), shown["paused"]!.GetValue<bool>(), Text(shown["peer"]!["name"]), Text(shown["routes"]!["routes"]![0]!["limitPerHour"])));
        var lines = (await RunAsync("channel", "show", "1", "--chain", "north")).Expect(ExitCode.Fine).Out;
        Assert.Contains("open, paused", lines);
        Assert.Contains("at most 12.50 an hour", lines);

        await DoAsync("channel", "resume", "1", "--chain", "north", "--key", KeyOf("north"));
        await DoAsync("channel", "limit", "1", "--asset", "1", "--per-hour", "none", "--chain", "north", "--key", KeyOf("north"));
        shown = await DoAsync("channel", "show", "1", "--chain", "north");
        Assert.Equal((false, null), (shown["paused"]!.GetValue<bool>(), shown["routes"]!["routes"]![0]!["limitPerHour"]));
        (await RunAsync("channel", "limit", "1", "--asset", "2", "--per-hour", "1", "--chain", "north", "--key", KeyOf("north"))).Expect(ExitCode.CouldNotRun).ExpectError("no route for asset 2");
        (await RunAsync("channel", "abandon", "1", "--chain", "north", "--key", KeyOf("north"))).Expect(ExitCode.FoundWrong).ExpectError("GraceNotOver");
        Assert.Equal("there is none\n", (await RunAsync("channel", "packets", "1", "--chain", "north")).Expect(ExitCode.Fine).Out);
        (await RunAsync("channel", "show", "7", "--chain", "north")).Expect(ExitCode.CouldNotRun).ExpectError("channel-not-found");
        Assert.Contains("south", (await RunAsync("peer", "list", "--chain", "north")).Expect(ExitCode.Fine).Out);
        Assert.Contains("frozen         no", (await RunAsync("peer", "show", "1", "--chain", "north")).Expect(ExitCode.Fine).Out);
    }

    [Fact]
    public async Task A_transfer_to_another_chain_is_followed_and_proven_and_one_that_comes_back_exits_1()
    {
        var (sender, recipient) = await FundAsync();
        var sent = await DoAsync("transfer", "--from", sender, "--to", recipient, "--amount", "12.50", "--memo", "rent", "--key", KeyOf("north"), "--await");

        Assert.Equal("acknowledged", Text(sent["delivery"]!["state"]));
        Assert.Equal("1250", Text((await DoAsync("account", "show", recipient))["posted"]));
        var id = Text(sent["id"])!;
        Assert.Contains("packet 1 of channel 1 to south: acknowledged in block", (await RunAsync("transaction", "delivery", id, "--chain", "north")).Expect(ExitCode.Fine).Out);
        var (north, south) = (Text((await DoAsync("chain", "show", "north"))["genesisHash"])!, Text((await DoAsync("chain", "show", "south"))["genesisHash"])!);
        foreach (var (of, genesis, claim) in new[]
        {
            ("sent", north, "sent as packet 1"),
            ("received", south, "packet 1 of channel 1 received by account 2: 1250"),
            ("acknowledgement", south, "packets 1 to 1 taken, all accepted"),
            ("settled", north, "packets 1 to 1 taken, all accepted"),
        })
        {
            await DoAsync("channel", "receipt", id, "--of", of, "--chain", "north", "--out", _folder["file"]);
            Assert.Contains(claim, (await CliRun.OfAsync("verify", _folder["file"], "--genesis", genesis)).Expect(ExitCode.Fine).Out);
            await EachChangeIsFoundAsync(_folder["file"], genesis);
        }

        (await RunAsync("channel", "receipt", id, "--of", "refunded", "--chain", "north")).Expect(ExitCode.CouldNotRun).ExpectError("is acknowledged, not refunded");
        var nobody = new Address(ChainId.Parse("south"), new AccountNumber(77)).ToString();
        var returned = (await RunAsync("transfer", "--from", sender, "--to", nobody, "--amount", "1", "--key", KeyOf("north"), "--await", "--json")).Expect(ExitCode.FoundWrong).ExpectError("CreditAccountNotFound (303)");
        await DoAsync("channel", "receipt", Text(returned.Json["id"])!, "--of", "refunded", "--chain", "north", "--out", _folder["file"]);
        Assert.Contains("packet 2 of channel 1 refunded to account 2: 100, CreditAccountNotFound (303)", (await CliRun.OfAsync("verify", _folder["file"], "--genesis", north)).Expect(ExitCode.Fine).Out);
        await EachChangeIsFoundAsync(_folder["file"], north);
        (await RunAsync("channel", "receipt", Text(returned.Json["id"])!, "--of", "received", "--chain", "north")).Expect(ExitCode.CouldNotRun).ExpectError("moved no value");
    }

    [Fact]
    public async Task Every_packet_of_a_large_transaction_is_followed_and_the_last_one_that_came_back_exits_1()
    {
        const int Count = 120;
        var (sender, recipient) = await FundAsync();
        var genesis = Hash256.Parse(Text((await DoAsync("chain", "show", "north"))["genesisHash"])!);
        var escrow = ulong.Parse(Text((await DoAsync("channel", "show", "1", "--chain", "north"))["routes"]!["routes"]![0]!["account"])!);
        var builder = new TransactionBuilder(genesis);
        for (var i = 1; i <= Count; i++)
        {
            var to = i == Count ? new AccountNumber(77) : Address.Parse(recipient).Number;
            builder.Add(new Send(AccountReference.Numbered(Address.Parse(sender).Number), new AccountNumber(escrow), to, i, After(TimeSpan.FromHours(1))));
        }

        using var key = SigningKey.FromPem(await File.ReadAllTextAsync(KeyOf("north")));
        var transaction = builder.Build(After(TimeSpan.FromMinutes(1)));
        await File.WriteAllBytesAsync(_folder["bulk"], builder.Sign(transaction, [key]));
        await DoAsync("transaction", "send", _folder["bulk"], "--chain", "north");

        var followed = (await RunAsync("transaction", "delivery", transaction.Id.ToString(), "--chain", "north", "--await", "--json")).Expect(ExitCode.FoundWrong).ExpectError("packet 120 of channel 1 was not accepted");

        Assert.Equal("refunded", Text(followed.Json["state"]));
        Assert.Equal(Enumerable.Range(0, Count), followed.Json["deliveries"]!.AsArray().Select(packet => packet!["operation"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_transfer_that_cannot_cross_says_what_to_do()
    {
        var (sender, recipient) = await FundAsync();
        string[] transfer = ["transfer", "--from", sender, "--to", recipient, "--amount", "1", "--key", KeyOf("north")];

        (await RunAsync([.. transfer, "--channel", "2"])).Expect(ExitCode.CouldNotRun).ExpectError("these are: 1");
        (await RunAsync([.. transfer, "--reference", "x"])).Expect(ExitCode.CouldNotRun).ExpectError("--memo");
        (await RunAsync([.. transfer, "--timeout", "31d"])).Expect(ExitCode.FoundWrong).ExpectError("TimeoutTooFar");
        (await RunAsync("transfer", "--from", sender, "--to", sender, "--amount", "1", "--key", KeyOf("north"), "--await")).Expect(ExitCode.CouldNotRun).ExpectError("--await is for a transfer to an address on another chain");
        (await RunAsync("transfer", "--from", sender, "--to", new Address(ChainId.Parse("west"), new AccountNumber(2)).ToString(), "--amount", "1", "--key", KeyOf("north"))).Expect(ExitCode.CouldNotRun).ExpectError("knows no chain 'west'");
        await OpenAsync("--another", "--asset", "1=SECOND");
        (await RunAsync(transfer)).Expect(ExitCode.CouldNotRun).ExpectError("name one with --channel: 1, 2");
        await DoAsync("channel", "pause", "1", "--chain", "south", "--key", KeyOf("south"));
        var waiting = (await RunAsync([.. transfer, "--channel", "1", "--await", "--wait", "1s", "--json"])).Expect(ExitCode.CouldNotRun).ExpectError("not settled yet");
        Assert.Equal("sent", Text(waiting.Json["delivery"]!["state"]));
        Assert.Contains("paused on the peer", (await RunAsync("channel", "packets", "1", "--chain", "north")).Expect(ExitCode.Fine).Out);
        (await RunAsync("channel", "receipt", Text(waiting.Json["id"])!, "--of", "settled", "--chain", "north")).Expect(ExitCode.CouldNotRun).ExpectError("no proof yet");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A channel for north's euros, an account on north that holds 100 of them, and one on south for its voucher.</summary>
    private async Task<(string Sender, string Recipient)> FundAsync()
    {
        await DoAsync("account", "open", "--owner", "1", "--asset", "1", "--floor", "none", "--chain", "north", "--key", KeyOf("north"));
        var sender = Text((await DoAsync("account", "open", "--owner", "1", "--asset", "1", "--chain", "north", "--key", KeyOf("north")))["operations"]![0]!["address"])!;
        await DoAsync("transfer", "--from", new Address(ChainId.Parse("north"), new AccountNumber(1)).ToString(), "--to", sender, "--amount", "100", "--key", KeyOf("north"));
        await OpenAsync("--asset", "1");
        var recipient = Text((await DoAsync("account", "open", "--owner", "1", "--asset", "2", "--chain", "south", "--key", KeyOf("south")))["operations"]![0]!["address"])!;
        return (sender, recipient);
    }

    private async Task EachChangeIsFoundAsync(string file, string genesis)
    {
        var good = await File.ReadAllBytesAsync(file);
        for (var i = 0; i < good.Length; i++)
        {
            var bad = good.ToArray();
            bad[i] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(_folder["bad"], bad);
            (await CliRun.OfAsync("verify", _folder["bad"], "--genesis", genesis)).Expect(ExitCode.FoundWrong);
        }
    }

    private static Timestamp After(TimeSpan time) => new((ulong)(DateTimeOffset.UtcNow + time).ToUnixTimeMilliseconds());

    private string KeyOf(string chain) => _folder[chain + ".pem"];

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private async Task<JsonObject> OpenAsync(params string[] more) =>
        (await RunAsync(["channel", "open", "--from", "north", "--to", "south", "--from-key", KeyOf("north"), "--to-key", KeyOf("south"), "--json", .. more])).Expect(ExitCode.Fine).Json;

    private async Task<JsonObject> DoAsync(params string[] arguments) => (await RunAsync([.. arguments, "--json"])).Expect(ExitCode.Fine).Json;

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.OfAsync([.. arguments, "--node", _gateway.Address.AbsoluteUri, "--token", _gateway.AdminToken]);
}
