namespace Actors.Cli.Tests;

/// <summary>Going on with a chain whose data folder was replaced by an older copy.</summary>
public sealed class RecoverTests(LedgerFolder ledger) : IClassFixture<LedgerFolder>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    [Fact]
    public async Task The_operator_is_told_what_is_lost_and_signs_it()
    {
        await LoseAsync();
        (await CliRun.OfAsync("audit", "--data", Data, "--chain", "demo")).Expect(ExitCode.CouldNotRun).ExpectError("HeadBehind");

        var told = (await CliRun.OfAsync("chain", "recover", "demo", "--data", Data, "--json")).Expect(ExitCode.FoundWrong);
        var lost = told.Json["lost"]!;
        var height = ulong.Parse(told.Json["height"]!.GetValue<string>());
        Assert.Equal((height + 1).ToString(), lost["first"]!.GetValue<string>());
        Assert.Equal("9", lost["last"]!.GetValue<string>());
        Assert.Equal(new string('a', 64), lost["header"]!.GetValue<string>());
        Assert.False(told.Json["recovered"]!.GetValue<bool>());

        var done = (await CliRun.OfAsync("chain", "recover", "demo", "--data", Data, "--key", ledger.OperatorKey, "--json")).Expect(ExitCode.Fine);
        Assert.True(done.Json["recovered"]!.GetValue<bool>());
        Assert.Equal((height + 1).ToString(), done.Json["height"]!.GetValue<string>());
        (await CliRun.OfAsync("audit", "--data", Data, "--chain", "demo", "--genesis", ledger.Genesis)).Expect(ExitCode.Fine);
        Assert.Contains("no block", (await CliRun.OfAsync("chain", "recover", "demo", "--data", Data)).Expect(ExitCode.Fine).Out);
    }

    [Fact]
    public async Task Another_key_than_the_operators_changes_nothing()
    {
        await LoseAsync();
        (await CliRun.OfAsync("keys", "new", _folder["stranger.pem"])).Expect(ExitCode.Fine);
        (await CliRun.OfAsync("chain", "recover", "demo", "--data", Data, "--key", _folder["stranger.pem"])).Expect(ExitCode.FoundWrong).ExpectError("MissingSignature");
        (await CliRun.OfAsync("audit", "--data", Data, "--chain", "demo")).Expect(ExitCode.CouldNotRun).ExpectError("actors chain recover");
    }

    [Fact]
    public async Task What_cannot_be_recovered_is_said()
    {
        (await CliRun.OfAsync("chain", "recover", "demo")).Expect(ExitCode.CouldNotRun).ExpectError("--data");
        (await CliRun.OfAsync("chain", "recover", "demo", "--data", _folder["nowhere"])).Expect(ExitCode.CouldNotRun).ExpectError("there is no data folder");
        (await CliRun.OfAsync("chain", "recover", "other", "--data", ledger.Data)).Expect(ExitCode.CouldNotRun).ExpectError("other");
        (await CliRun.OfAsync("chain", "recover", "demo", "--data", ledger.Data, "--lost", "12")).Expect(ExitCode.CouldNotRun).ExpectError("HEIGHT:HASH");
        (await CliRun.OfAsync("chain", "recover", "demo", "--data", ledger.Data, "--secret", _folder["none"])).Expect(ExitCode.CouldNotRun).ExpectError("--store");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A copy of the chain beside a head file that says it was at height 9.</summary>
    private async Task LoseAsync()
    {
        (await CliRun.OfAsync("restore", ledger.Backup, "--data", Data, "--sealing-keys", ledger.SealingKeys)).Expect(ExitCode.Fine);
        var head = new byte[80];
        "ActorsB1"u8.CopyTo(head);
        head[15] = 9;
        head.AsSpan(16, 32).Fill(0xAA);
        System.Security.Cryptography.SHA256.HashData(head.AsSpan(0, 48), head.AsSpan(48));
        await File.WriteAllBytesAsync(Path.Combine(Data, "chains", "demo", "head"), head);
    }
}
