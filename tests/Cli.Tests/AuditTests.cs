namespace Actors.Cli.Tests;

/// <summary>Auditing and restoring data folders, with no node.</summary>
public sealed class AuditTests(LedgerFolder ledger) : IClassFixture<LedgerFolder>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_chain_that_was_left_alone_is_clean()
    {
        var run = (await CliRun.OfAsync("audit", "--data", ledger.Data, "--chain", "demo", "--genesis", ledger.Genesis, "--json")).Expect(ExitCode.Fine);
        var chain = Assert.Single(run.Json["chains"]!.AsArray())!;
        Assert.True(run.Json["clean"]!.GetValue<bool>());
        Assert.Equal("2", chain["transactions"]!.GetValue<string>());
        Assert.Equal("2", chain["accountsInUse"]!.GetValue<string>());
        Assert.Contains("CLEAN", (await CliRun.OfAsync("audit", "--data", ledger.Data)).Expect(ExitCode.Fine).Out);
    }

    [Fact]
    public async Task Another_chain_under_the_same_name_is_found() =>
        (await CliRun.OfAsync("audit", "--data", ledger.Data, "--chain", "demo", "--genesis", new string('b', 64))).Expect(ExitCode.FoundWrong).ExpectError("genesis hash");

    [Fact]
    public async Task A_changed_byte_of_a_block_is_found()
    {
        (await CliRun.OfAsync("restore", ledger.Backup, "--data", _folder["data"])).Expect(ExitCode.Fine);
        var log = Path.Combine(_folder["data"], "chains", "demo", "log.db");
        var bytes = File.ReadAllBytes(log);
        bytes[bytes.AsSpan().LastIndexOf("ActorsH1"u8) + 20] ^= 1;
        File.WriteAllBytes(log, bytes);
        var run = (await CliRun.OfAsync("audit", "--data", _folder["data"], "--chain", "demo", "--json")).Expect(ExitCode.FoundWrong).ExpectError("chain demo is not clean");
        Assert.NotEmpty(run.Json["chains"]![0]!["findings"]!.AsArray());
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_audited()
    {
        (await CliRun.OfAsync("audit", "--data", _folder["nowhere"])).Expect(ExitCode.CouldNotRun).ExpectError("there is no data folder");
        Assert.False(Directory.Exists(_folder["nowhere"]));
        (await CliRun.OfAsync("audit", "--data", ledger.Data, "--chain", "other")).Expect(ExitCode.CouldNotRun).ExpectError("'other'");
        (await CliRun.OfAsync("audit", "--data", ledger.Data, "--genesis", ledger.Genesis)).Expect(ExitCode.CouldNotRun).ExpectError("give --chain too");
    }

    [Fact]
    public async Task A_backup_is_restored_once_and_never_over_a_chain_that_is_there()
    {
        var run = (await CliRun.OfAsync("restore", ledger.Backup, "--data", _folder["data"], "--sealing-keys", ledger.SealingKeys, "--json")).Expect(ExitCode.Fine);
        Assert.Equal(ledger.Genesis, run.Json["genesisHash"]!.GetValue<string>());
        Assert.Equal(1, run.Json["sealingKeys"]!.GetValue<int>());
        Assert.Empty(run.Error);
        (await CliRun.OfAsync("audit", "--data", _folder["data"], "--chain", "demo", "--genesis", ledger.Genesis)).Expect(ExitCode.Fine);
        (await CliRun.OfAsync("restore", ledger.Backup, "--data", _folder["data"])).Expect(ExitCode.CouldNotRun).ExpectError("demo");
    }

    [Fact]
    public async Task Without_its_sealing_keys_a_restored_chain_is_said_to_be_for_reading() =>
        (await CliRun.OfAsync("restore", ledger.Backup, "--data", _folder["data"])).Expect(ExitCode.Fine).ExpectError("cannot write until its sealing key");

    [Fact]
    public async Task Another_key_in_the_folder_is_not_the_one_that_a_restored_chain_needs()
    {
        var keys = Directory.CreateDirectory(Path.Combine(_folder["data"], "sealing-keys", "demo")).FullName;
        File.WriteAllText(Path.Combine(keys, "another.pem"), File.ReadAllText(Directory.GetFiles(ledger.SealingKeys).Single()));
        (await CliRun.OfAsync("restore", ledger.Backup, "--data", _folder["data"])).Expect(ExitCode.Fine).ExpectError("cannot write until its sealing key");
    }

    [Fact]
    public async Task A_damaged_backup_restores_nothing()
    {
        var backup = Directory.CreateDirectory(_folder["backup"]).FullName;
        foreach (var file in Directory.GetFiles(ledger.Backup))
        {
            File.Copy(file, Path.Combine(backup, Path.GetFileName(file)));
        }

        File.WriteAllBytes(Path.Combine(backup, "log.db"), File.ReadAllBytes(Path.Combine(backup, "log.db"))[..8192]);
        (await CliRun.OfAsync("restore", backup, "--data", _folder["data"])).Expect(ExitCode.CouldNotRun);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder["data"], "chains")));
        (await CliRun.OfAsync("restore", _folder["data"], "--data", _folder["other"])).Expect(ExitCode.CouldNotRun).ExpectError("is no backup");
    }

    public void Dispose() => _folder.Dispose();
}
