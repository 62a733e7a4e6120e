using Actors.ProcessTests.Oracle;

namespace Actors.ProcessTests;

/// <summary>A node that takes one snapshot after the other, killed while it writes one.</summary>
public sealed class KillDuringSnapshotTests : IDisposable
{
    private const int Rounds = 6;
    private const int Payers = 3;

    /// <summary>So that a snapshot has more pages than are written at once.</summary>
    private const int AccountsEach = 120;
    private static readonly TimeSpan SnapshotMax = TimeSpan.FromSeconds(10);
    private readonly KillRounds _rounds = new(["--Actors:Engine:SnapshotLogBytes", "4096", "--Actors:Engine:SnapshotDirtyBytes", "4096"]);

    [Fact]
    public async Task A_snapshot_that_a_kill_cut_short_leaves_the_one_before_it()
    {
        var round = 0;
        var cutShort = 0;
        await Seeded.RunAsync(
            async () =>
            {
                await _rounds.OpenAsync("demo", Payers, AccountsEach);
                var snapshots = new SnapshotWatch(Path.Combine(_rounds.Folder.Chains, "demo"));
                for (round = 1; round <= Rounds; round++)
                {
                    await _rounds.RunAsync(clients => clients.RunBulksAsync(_rounds.Book, _rounds.Random), () => MomentAsync(snapshots), () => cutShort += snapshots.IsUnfinished ? 1 : 0);
                }

                await ChainCheck.AtTheEndAsync(_rounds.Gateway, _rounds.Book, _rounds.Folder, _rounds.Random);
                Assert.True(snapshots.CurrentSnapshot >= Rounds, $"expected snapshots all the time, found {snapshots.CurrentSnapshot}");
                Assert.True(cutShort > 0, "expected a kill within a snapshot at least once");
            },
            () => $"round {round}, {cutShort} snapshots cut short");
    }

    public void Dispose() => _rounds.Dispose();

    private async Task MomentAsync(SnapshotWatch snapshots)
    {
        await _rounds.PauseAsync(50, 300);
        await Task.Run(() => snapshots.WaitForUnfinished(SnapshotMax));
    }
}
