using Actors.Cli.Client;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests;

/// <summary>A node killed while it copies a running chain.</summary>
public sealed class KillDuringBackupTests : IDisposable
{
    private const string Chain = "demo";
    private const int Rounds = 4;
    private static readonly TimeSpan BackupMax = TimeSpan.FromSeconds(60);
    private readonly KillRounds _rounds = new([]);

    [Fact]
    public async Task A_backup_that_a_kill_cut_short_is_not_there_under_its_name()
    {
        var round = 0;
        var cutShort = 0;
        await Seeded.RunAsync(
            async () =>
            {
                await _rounds.OpenAsync(Chain, payers: 2, accountsEach: 80);
                for (round = 1; round <= Rounds; round++)
                {
                    var name = $"copy-{round}";
                    Task<Answered<BackupAnswer>>? backup = null;
                    await _rounds.RunAsync(
                        clients => clients.RunBulksAsync(_rounds.Book, _rounds.Random),
                        () => MomentAsync(name, started => backup = started),
                        afterKill: () => cutShort += FolderWatch.Has(Backups, $"{name}.*.partial") ? 1 : 0);
                    var wasAcknowledged = await EndedWellAsync(backup!);
                    Assert.False(FolderWatch.Has(Backups, "*.partial"), "expected the start to remove what the kill left of a backup");
                    await RequireWholeOrAbsentAsync(name, wasAcknowledged);
                }

                Assert.True(cutShort > 0, "expected a kill within a backup at least once");
            },
            () => $"round {round}, {cutShort} cut short");
    }

    private string Backups => _rounds.Folder.BackupsOf(Chain);

    public void Dispose() => _rounds.Dispose();

    private async Task MomentAsync(string name, Action<Task<Answered<BackupAnswer>>> started)
    {
        await _rounds.PauseAsync(100, 400);
        started(_rounds.Gateway.Client.BackupAsync(_rounds.Book.Chain, name, default));
        await Task.Run(() => FolderWatch.WaitFor(Backups, $"{name}*", BackupMax));
        await _rounds.PauseAsync(0, 15);
    }

    /// <summary>Under its final name there is a chain that can be restored and is clean, at once or after asking again.</summary>
    private async Task RequireWholeOrAbsentAsync(string name, bool wasAcknowledged)
    {
        var folder = Path.Combine(Backups, name);
        if (!Directory.Exists(folder))
        {
            Assert.False(wasAcknowledged, $"backup {name} was acknowledged and is not there");
            await _rounds.Gateway.Client.BackupAsync(_rounds.Book.Chain, name, default);
        }

        var restored = _rounds.Folder.Beside($"restored-{name}");
        await ActorsCommand.SucceedAsync("restore", folder, "--data", restored);
        await ActorsCommand.SucceedAsync("audit", "--data", restored);
    }

    private static async Task<bool> EndedWellAsync(Task<Answered<BackupAnswer>> backup)
    {
        try
        {
            await backup.WaitAsync(BackupMax);
            return true;
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
