using Actors.Cli.Bench;
using Actors.Tests.Postgres;

namespace Actors.Cli.Tests.Postgres;

/// <summary>A chain moves into PostgreSQL and back, as the operations page says, and goes on each time.</summary>
public sealed class ChainCopyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresDatabase _database = new();

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_chain_moves_into_PostgreSQL_and_goes_on_there_and_back_and_goes_on()
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder["data"], default))
        {
            await CliRun.OfAsync("keys", "new", _folder["operator.pem"]);
            (await CliRun.OfAsync("chain", "create", "demo", "--member", _folder["operator.pem"], "--node", Address(gateway), "--token", gateway.AdminToken)).Expect(ExitCode.Fine);
            await NoteAsync(gateway, "before");
        }

        var copied = (await CliRun.OfAsync("chain", "copy", "demo", "--from", _folder["data"], "--to", _database.NodeString, "--json")).Expect(ExitCode.Fine);
        Assert.True(copied.Json["clean"]!.GetValue<bool>());
        Assert.Equal("1", copied.Json["blocksCopied"]!.GetValue<string>());
        Assert.DoesNotContain("Password", copied.Out + copied.Error);

        await using (var closed = await GatewayProcess.StartAsync(_folder["data"], default))
            (await RunNoteAsync(closed, "at the old place")).Expect(ExitCode.CouldNotRun).ExpectError("ChainClosed");
        await using (var gateway = await GatewayProcess.StartAsync(_folder["data"], _database.NodeString, default))
            await NoteAsync(gateway, "in PostgreSQL");
        (await CliRun.OfAsync("audit", "--store", _database.NodeString)).Expect(ExitCode.Fine);

        Directory.Move(_folder["data"], _folder["old"]);
        (await CliRun.OfAsync("chain", "copy", "demo", "--from", _database.NodeString, "--to", _folder["data"])).Expect(ExitCode.Fine);
        Directory.Move(Path.Combine(_folder["old"], "sealing-keys"), Path.Combine(_folder["data"], "sealing-keys"));
        await using (var gateway = await GatewayProcess.StartAsync(_folder["data"], default))
            await NoteAsync(gateway, "back again");
        var audit = (await CliRun.OfAsync("audit", "--data", _folder["data"], "--json")).Expect(ExitCode.Fine);
        Assert.Equal("3", audit.Json["chains"]![0]!["height"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_place_that_is_not_there_closes_nothing()
    {
        (await CliRun.OfAsync("chain", "copy", "demo", "--from", _folder["missing"], "--to", _database.NodeString)).Expect(ExitCode.CouldNotRun).ExpectError("there is no data folder");
        (await CliRun.OfAsync("chain", "copy", "demo", "--from", _database.NodeString, "--to", _folder["new"])).Expect(ExitCode.CouldNotRun).ExpectError("Expected a chain 'demo'");
    }

    private static string Address(GatewayProcess gateway) => gateway.Address.ToString();

    private async Task NoteAsync(GatewayProcess gateway, string text) => (await RunNoteAsync(gateway, text)).Expect(ExitCode.Fine);

    private Task<CliRun> RunNoteAsync(GatewayProcess gateway, string text) => CliRun.OfAsync(
        "note", _folder["operator.pem"], "--author", "1", "--text", text, "--key", _folder["operator.pem"], "--chain", "demo", "--node", Address(gateway), "--token", gateway.AdminToken, "--wait", "1s");
}
