using System.Text.Json.Nodes;
using Actors.Cli.Bench;

namespace Actors.Cli.Tests;

/// <summary>A chain that goes on from a backup beside its original seals two histories; two receipts convict it.</summary>
public sealed class EquivocationTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private GatewayProcess _gateway = null!;
    private GatewayProcess _elsewhere = null!;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayProcess.StartAsync(_folder["data"], default);
        foreach (var chain in new[] { "north", "south" })
        {
            await DoAsync(_gateway, "keys", "new", KeyOf(chain));
            await DoAsync(_gateway, "chain", "create", chain, "--member", KeyOf(chain));
        }

        await DoAsync(_gateway, "channel", "open", "--from", "north", "--to", "south", "--from-key", KeyOf("north"), "--to-key", KeyOf("south"));
        var backup = await DoAsync(_gateway, "backup", "--name", "evening", "--chain", "north");
        (await CliRun.OfAsync("restore", backup["folder"]!.GetValue<string>(), "--data", _folder["elsewhere"], "--sealing-keys", Path.Combine(_folder["data"], "sealing-keys", "north"))).Expect(ExitCode.Fine);
        _elsewhere = await GatewayProcess.StartAsync(_folder["elsewhere"], default);
    }

    [Fact]
    public async Task Two_receipts_of_one_height_convict_the_chain_freeze_its_channels_and_the_operator_resumes_from_one_branch()
    {
        var genesis = (await DoAsync(_gateway, "chain", "show", "north"))["genesisHash"]!.GetValue<string>();
        var one = await ReceiptAsync(_gateway, "one");
        var same = await ReceiptAsync(_gateway, "later");
        var two = await ReceiptAsync(_elsewhere, "two");

        await DoAsync(_gateway, "peer", "evidence", one, two, "--out", _folder["evidence"]);
        var verified = (await CliRun.OfAsync("verify", _folder["evidence"], "--genesis", genesis)).Expect(ExitCode.Fine).Out;
        Assert.Contains("passed   contradiction", verified);
        Assert.Contains("two histories", verified);
        await EachChangeIsFoundAsync(genesis);
        (await CliRun.OfAsync("verify", _folder["evidence"], "--genesis", new string('a', 64))).Expect(ExitCode.FoundWrong);
        (await CliRun.OfAsync("peer", "evidence", one, one)).Expect(ExitCode.CouldNotRun).ExpectError("do not contradict");
        (await CliRun.OfAsync("peer", "evidence", same, two)).Expect(ExitCode.CouldNotRun).ExpectError("do not contradict");
        (await CliRun.OfAsync("peer", "evidence", _folder["evidence"], two)).Expect(ExitCode.FoundWrong).ExpectError("expected a receipt");

        await DoAsync(_gateway, "peer", "report", "1", _folder["evidence"], "--chain", "south");
        Assert.True((await DoAsync(_gateway, "peer", "show", "1", "--chain", "south"))["frozen"]!.GetValue<bool>());
        Assert.Contains("peer frozen", (await RunAsync(_gateway, "channel", "show", "1", "--chain", "south")).Expect(ExitCode.Fine).Out);
        (await RunAsync(_gateway, "channel", "open", "--from", "south", "--to", "north", "--from-key", KeyOf("south"), "--to-key", KeyOf("north"))).Expect(ExitCode.CouldNotRun).ExpectError("actors peer resume 1");

        var shown = await DoAsync(_gateway, "chain", "show", "north");
        using var http = new HttpClient { BaseAddress = _gateway.Address };
        await File.WriteAllBytesAsync(_folder["header"], await http.GetByteArrayAsync($"v1/chains/north/headers/{shown["height"]!.GetValue<string>()}"));
        (await RunAsync(_gateway, "peer", "resume", "1", "--chain", "south", "--header", _folder["header"], "--sealing-key", new string('1', 128), "--key", KeyOf("south"))).Expect(ExitCode.CouldNotRun).ExpectError("not sealed by");
        await DoAsync(_gateway, "peer", "resume", "1", "--chain", "south", "--header", _folder["header"], "--sealing-key", shown["sealingKey"]!.GetValue<string>(), "--key", KeyOf("south"));
        Assert.False((await DoAsync(_gateway, "peer", "show", "1", "--chain", "south"))["frozen"]!.GetValue<bool>());
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _elsewhere.DisposeAsync();
        _folder.Dispose();
    }

    private string KeyOf(string chain) => _folder[chain + ".pem"];

    private async Task EachChangeIsFoundAsync(string genesis)
    {
        var good = await File.ReadAllBytesAsync(_folder["evidence"]);
        for (var i = 0; i < good.Length; i++)
        {
            var bad = good.ToArray();
            bad[i] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(_folder["bad"], bad);
            (await CliRun.OfAsync("verify", _folder["bad"], "--genesis", genesis)).Expect(ExitCode.FoundWrong);
        }
    }

    /// <summary>A note on north at that node, and the file of its receipt.</summary>
    private async Task<string> ReceiptAsync(GatewayProcess node, string text)
    {
        await File.WriteAllTextAsync(_folder["noted"], text);
        var noted = await DoAsync(node, "note", _folder["noted"], "--author", "1", "--text", text, "--chain", "north", "--key", KeyOf("north"));
        await DoAsync(node, "receipt", "get", noted["id"]!.GetValue<string>(), "--chain", "north", "--out", _folder[text]);
        return _folder[text];
    }

    private static async Task<JsonObject> DoAsync(GatewayProcess node, params string[] arguments) => (await RunAsync(node, [.. arguments, "--json"])).Expect(ExitCode.Fine).Json;

    private static Task<CliRun> RunAsync(GatewayProcess node, params string[] arguments) => CliRun.OfAsync([.. arguments, "--node", node.Address.AbsoluteUri, "--token", node.AdminToken]);
}
