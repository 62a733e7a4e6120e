using System.Diagnostics;
using System.Text.Json.Nodes;
using Actors.Cli.Bench;

namespace Actors.Cli.Tests;

/// <summary>A newcomer's session against a gateway in a process of its own.</summary>
public sealed class EndToEndTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.StartAsync(_folder["data"], default);

    [Fact]
    public async Task Money_is_issued_moved_set_aside_proven_and_still_there_after_the_node_was_killed()
    {
        var genesis = await OpenAccountsAsync();
        await DoAsync("transfer", "--from", "demo.1.87", "--to", "demo.2.84", "--amount", "100", "--key", _folder["issuer.pem"], "--genesis", genesis);
        await DoAsync("transfer", "--from", "demo.2.84", "--to", "demo.3.81", "--amount", "12.50", "--key", _folder["alice.pem"], "--save", _folder["sent"], "--reference", "rent");
        (await RunAsync("transfer", "--from", "demo.2.84", "--to", "demo.3.81", "--amount", "87.51", "--key", _folder["alice.pem"])).Expect(ExitCode.FoundWrong).ExpectError("BelowFloor (331)");
        (await RunAsync("transfer", "--from", "demo.2.84", "--to", "demo.3.81", "--amount", "1", "--key", _folder["bob.pem"])).Expect(ExitCode.FoundWrong).ExpectError("MissingSignature (111)");
        await DoAsync("pending", "--from", "demo.2.84", "--to", "demo.3.81", "--amount", "40", "--timeout", "1h", "--key", _folder["alice.pem"]);
        await DoAsync("pending", "--from", "demo.2.84", "--to", "demo.3.81", "--amount", "5", "--timeout", "1h", "--key", _folder["alice.pem"]);
        var posted = await DoAsync("post", "1", "--amount", "30", "--key", _folder["bob.pem"]);
        Assert.Equal("1000", posted["operations"]![0]!["settlements"]![0]!["released"]!.GetValue<string>());
        await DoAsync("void", "2", "--key", _folder["bob.pem"]);

        var again = await DoAsync("transaction", "send", _folder["sent"]);
        Assert.True(again["alreadyCommitted"]!.GetValue<bool>());
        await ProveAsync(genesis, again["id"]!.GetValue<string>());

        await KillAndRestartAsync();
        var resent = await DoAsync("transaction", "send", _folder["sent"]);
        Assert.Equal(again["height"]!.GetValue<string>(), resent["height"]!.GetValue<string>());
        var bob = await DoAsync("account", "show", "demo.3.81");
        Assert.Equal("4250", bob["posted"]!.GetValue<string>());
        var audit = await DoAsync("audit", "--genesis", genesis);
        Assert.True(audit["clean"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_backup_of_the_live_node_becomes_a_chain_that_goes_on_elsewhere()
    {
        await OpenAccountsAsync();
        var backup = await DoAsync("backup", "--name", "evening");
        (await RunAsync("backup", "--name", "evening")).Expect(ExitCode.CouldNotRun).ExpectError("backup-exists");
        (await CliRun.OfAsync("restore", backup["folder"]!.GetValue<string>(), "--data", _folder["elsewhere"], "--sealing-keys", Path.Combine(_folder["data"], "sealing-keys", "demo"))).Expect(ExitCode.Fine);
        await _gateway.DisposeAsync();
        _gateway = await GatewayProcess.StartAsync(_folder["elsewhere"], default);
        await DoAsync("transfer", "--from", "demo.1.87", "--to", "demo.2.84", "--amount", "1", "--key", _folder["issuer.pem"]);
    }

    [Fact]
    public async Task What_the_issuer_and_the_operator_decide_holds()
    {
        await OpenAccountsAsync();
        await DoAsync("account", "freeze", "demo.2.84", "--key", _folder["issuer.pem"]);
        (await RunAsync("transfer", "--from", "demo.1.87", "--to", "demo.2.84", "--amount", "1", "--key", _folder["issuer.pem"])).Expect(ExitCode.FoundWrong).ExpectError("CreditAccountFrozen (315)");
        await DoAsync("account", "unfreeze", "demo.2.84", "--key", _folder["issuer.pem"]);
        await DoAsync("account", "ceiling", "demo.2.84", "10", "--key", _folder["issuer.pem"]);
        (await RunAsync("transfer", "--from", "demo.1.87", "--to", "demo.2.84", "--amount", "10.01", "--key", _folder["issuer.pem"])).Expect(ExitCode.FoundWrong).ExpectError("AboveCeiling (332)");
        await DoAsync("account", "floor", "demo.2.84", "-5", "--key", _folder["issuer.pem"]);
        await DoAsync("account", "alias", "demo.2.84", "savings", "--key", _folder["alice.pem"]);
        await DoAsync("note", _folder["alice.pem"], "--author", "3", "--text", "a key", "--key", _folder["alice.pem"]);
        await DoAsync("keyset", "change", "3", "--member", _folder["bob.pem"], "--key", _folder["alice.pem"]);
        (await RunAsync("account", "close", "demo.2.84", "--key", _folder["alice.pem"])).Expect(ExitCode.FoundWrong).ExpectError("(111)");
        await DoAsync("account", "close", "demo.2.84", "--key", _folder["bob.pem"]);
        var before = (await DoAsync("chain", "show"))["sealingKey"]!.GetValue<string>();
        await DoAsync("chain", "change-sealing-key", "--key", _folder["operator.pem"]);
        Assert.NotEqual(before, (await DoAsync("chain", "show"))["sealingKey"]!.GetValue<string>());
        await DoAsync("chain", "change-operator", "2", "--key", _folder["operator.pem"]);
        Assert.True((await DoAsync("audit"))["clean"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("http", "single")]
    [InlineData("http-stream", "single")]
    [InlineData("http-stream", "bulk")]
    public async Task The_bench_runs_over_HTTP_and_its_accounts_add_up(string over, string signing)
    {
        var run = (await CliRun.OfAsync("bench", "transfers", "--over", over, "--signing", signing, "--accounts", "20", "--seconds", "1", "--warm-up", "1", "--pace", "100", "--bulk-size", "20", "--in-flight", "4", "--json")).Expect(ExitCode.Fine);
        Assert.True(run.Json["invariantsHold"]!.GetValue<bool>());
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Chain demo with asset EUR; accounts: 1 the issuer's, 2 alice's, 3 bob's. Gives the genesis hash.</summary>
    private async Task<string> OpenAccountsAsync()
    {
        foreach (var name in new[] { "operator", "issuer", "alice", "bob" })
        {
            (await CliRun.OfAsync("keys", "new", _folder[name + ".pem"])).Expect(ExitCode.Fine);
        }

        var chain = await DoAsync("chain", "create", "demo", "--member", _folder["operator.pem"]);
        (await RunAsync("chain", "create", "demo", "--member", _folder["operator.pem"])).Expect(ExitCode.CouldNotRun).ExpectError("chain-exists");
        foreach (var name in new[] { "issuer", "alice", "bob" })
        {
            await DoAsync("keyset", "open", "--key", _folder[name + ".pem"]);
        }

        await DoAsync("asset", "create", "EUR", "--scale", "2", "--issuer", "2", "--key", _folder["operator.pem"]);
        await DoAsync("account", "open", "--owner", "2", "--asset", "1", "--floor", "none", "--key", _folder["issuer.pem"]);
        await DoAsync("account", "open", "--owner", "3", "--asset", "1", "--key", _folder["alice.pem"]);
        var opened = await DoAsync("account", "open", "--owner", "4", "--asset", "1", "--key", _folder["bob.pem"]);
        Assert.Equal("demo.3.81", opened["operations"]![0]!["address"]!.GetValue<string>());
        return chain["genesisHash"]!.GetValue<string>();
    }

    private async Task ProveAsync(string genesis, string id)
    {
        await DoAsync("receipt", "get", id, "--out", _folder["receipt"]);
        await DoAsync("receipt", "get", id, "--operation", "0", "--out", _folder["operation"]);
        await DoAsync("account", "proof", "demo.3.81", "--out", _folder["proof"]);
        await DoAsync("account", "statement", "demo.3.81", "--out", _folder["statement"]);
        foreach (var file in new[] { "receipt", "operation", "proof", "statement" })
        {
            (await CliRun.OfAsync("verify", _folder[file], "--genesis", genesis)).Expect(ExitCode.Fine);
        }

        var statement = await DoAsync("account", "statement", "demo.3.81");
        Assert.Equal("transfer", statement["entries"]!.AsArray()[^1]!["lines"]![0]!["operation"]!["type"]!.GetValue<string>());
    }

    private async Task KillAndRestartAsync()
    {
        using (var process = Process.GetProcessById(_gateway.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await _gateway.DisposeAsync();
        _gateway = await GatewayProcess.StartAsync(_folder["data"], default);
    }

    private async Task<JsonObject> DoAsync(params string[] arguments) => (await RunAsync([.. arguments, "--json"])).Expect(ExitCode.Fine).Json;

    private Task<CliRun> RunAsync(params string[] arguments) =>
        CliRun.OfAsync([.. arguments, "--node", _gateway.Address.AbsoluteUri, "--chain", "demo", "--token", _gateway.AdminToken]);
}
