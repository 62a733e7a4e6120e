using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Relays;

/// <summary><c>actors channel open</c> between two nodes, with nobody else who carries.</summary>
public sealed class OpeningTests : IAsyncLifetime
{
    private const string OperatorKey = "operator.pem";
    private readonly DataFolder _keys = new();
    private readonly Side _home = new("home");
    private readonly Side _away = new("away");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_keys.Path);
        await Task.WhenAll(_home.StartAsync(), _away.StartAsync());
        foreach (var side in new[] { _home, _away })
        {
            await side.CreateAsync();
            await File.WriteAllTextAsync(KeyOf(side), side.Operator.ToPem());
        }
    }

    [Fact]
    public async Task One_command_opens_both_ends_and_shows_each_the_other()
    {
        var opened = await ActorsCommand.SucceedAsync(Open());

        Assert.Contains("home: channel 1 to away is open", opened.Output, StringComparison.Ordinal);
        Assert.Contains("away: channel 1 to home is open", opened.Output, StringComparison.Ordinal);
        await IsOpenOnceAsync();
        Assert.True((await _home.PositionAsync()).Confirmed && (await _away.PositionAsync()).Confirmed);
    }

    [Fact]
    public async Task Killed_at_any_moment_it_goes_on_where_it_stopped()
    {
        for (var killedAfterMs = 150; killedAfterMs <= 2_250; killedAfterMs += 150)
        {
            using var killed = new RelayProcess(Open());
            await Task.Delay(killedAfterMs);
        }

        await ActorsCommand.SucceedAsync(Open());
        await IsOpenOnceAsync();
        var again = await ActorsCommand.SucceedAsync(Open("--json"));
        Assert.Contains("\"transactions\":[]", again.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_away_is_waited_for_and_what_is_done_stays_done()
    {
        _away.Gateway.Kill();
        var alone = await ActorsCommand.RunAsync(Open("--wait", "1s"));
        Assert.Equal(2, alone.ExitCode);
        await _away.StartAsync();

        await ActorsCommand.SucceedAsync(Open());
        await IsOpenOnceAsync();
    }

    [Fact]
    public async Task Without_the_right_to_read_what_a_relay_reads_it_waits_for_one_and_says_so()
    {
        const string secret = "may submit and read its own, and that is all";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        _away.Gateway.Kill();
        await _away.StartAsync(
            "--Actors:Access:ApiKeys:0:Name", "operator", "--Actors:Access:ApiKeys:0:Sha256", hash, "--Actors:Access:ApiKeys:0:Scopes:0", "submit", "--Actors:Access:ApiKeys:0:Scopes:1", "read-own",
            "--Actors:Access:ApiKeys:0:Keysets:away:0", "1");

        var alone = await ActorsCommand.RunAsync([.. Open()[..^2], "--to-api-key", secret, "--wait", "2s"]);
        Assert.Equal(2, alone.ExitCode);
        Assert.Contains("waiting for a relay", alone.Errors, StringComparison.Ordinal);
        Assert.Contains("read-all", alone.Errors, StringComparison.Ordinal);

        await ActorsCommand.SucceedAsync(
            "relay", "--from", _home.Address, "--to", _away.Address, "--from-api-key", "@" + _home.TokenFile, "--to-api-key", "@" + _away.TokenFile, "--once");
        await ActorsCommand.SucceedAsync([.. Open()[..^2], "--to-api-key", secret]);
        await IsOpenOnceAsync();
    }

    public Task DisposeAsync()
    {
        _home.Dispose();
        _away.Dispose();
        _keys.Dispose();
        return Task.CompletedTask;
    }

    private string[] Open(params string[] more) =>
    [
        "channel", "open", "--from", "home", "--to", "away", "--from-url", _home.Address, "--to-url", _away.Address, "--from-key", KeyOf(_home), "--to-key", KeyOf(_away),
        "--api-key", "@" + _home.TokenFile, "--to-api-key", "@" + _away.TokenFile, .. more,
    ];

    private string KeyOf(Side side) => Path.Combine(_keys.Path, $"{side.Chain}-{OperatorKey}");

    private static async Task<JsonArray> ListAsync(Side side, string what)
    {
        var listed = await ActorsCommand.SucceedAsync(what, "list", "--node", side.Address, "--chain", side.Chain.Value, "--api-key", "@" + side.TokenFile, "--json");
        return JsonNode.Parse(listed.Output)![what + "s"]!.AsArray();
    }

    /// <summary>However often it was begun, there is one of everything.</summary>
    private async Task IsOpenOnceAsync()
    {
        foreach (var side in new[] { _home, _away })
        {
            Assert.Equal("open", (string)Assert.Single(await ListAsync(side, "channel"))!["state"]!);
            Assert.Single(await ListAsync(side, "peer"));
        }
    }
}
