using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Stores.Sqlite;

namespace Actors.Engine.Tests.Chains;

public sealed class BackupTests
{
    [Fact]
    public async Task A_backup_of_a_running_chain_holds_all_that_was_answered_before_it_and_is_clean()
    {
        await using var node = new TestNode { Options = new ChainOptions { SnapshotLogBytes = 8_000 } };
        var book = await node.CreateAsync(accounts: 300);
        using var stop = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            for (ulong i = 0; !stop.IsCancellationRequested; i++)
            {
                await book.CommitAsync(TestBook.Move(1, 2 + (i % 250), 1));
            }
        });
        for (var round = 0; round < 3; round++)
        {
            var before = (await book.ReadAsync(1)).AsOf;
            var folder = Path.Combine(node.Root, $"backup-{round}");
            await book.Chain.BackupAsync(folder, CancellationToken.None);
            var restored = Path.Combine(node.Root, $"restored-{round}");
            Assert.True(SqliteRestore.Run(folder, restored, TestNode.ChainName).Height >= before.Value);
            Assert.Empty((await TestNode.AuditAsync(restored)).Findings);
        }

        await stop.CancelAsync();
        await load;
    }

    [Fact]
    public async Task What_a_backup_that_was_cut_short_has_left_is_removed_at_the_next_start_and_nothing_else()
    {
        await using var node = new TestNode();
        await node.CreateAsync();
        await node.StopAsync();
        var guid = Guid.NewGuid().ToString("N");
        string[] others = ["demo/monday", "demo/monday.partial", $"demo/monday.{guid}", "demo/monday.mine.partial", $"monday.{guid}.partial", $"DEMO/monday.{guid}.partial"];
        var (leftover, kept) = (Backup($"demo/monday.{guid}.partial"), others.Select(Backup).ToList());

        await node.FindAsync();

        Assert.False(Directory.Exists(leftover));
        Assert.All(kept, folder => Assert.True(Directory.Exists(folder), folder));

        string Backup(string name) => Directory.CreateDirectory(Path.Combine(node.DataFolder, "backups", name)).CreateSubdirectory("part").Parent!.FullName;
    }

    [Fact]
    public async Task An_older_copy_of_the_store_put_in_its_place_is_refused()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        await node.StopAsync();
        var older = Path.Combine(node.Root, "older");
        Copy(node.ChainFolder, older);
        book = await node.FindAsync();
        await book.CommitAsync(TestBook.Move(1, 2, 1));
        await node.StopAsync();
        foreach (var file in Directory.EnumerateFiles(older).Where(file => Path.GetFileName(file) != "head"))
        {
            File.Copy(file, Path.Combine(node.ChainFolder, Path.GetFileName(file)), overwrite: true);
        }

        var refusal = await Assert.ThrowsAsync<ChainStoppedException>(() => node.FindAsync());
        Assert.Contains("rows were lost or an older copy was put in place", refusal.Message);
    }

    internal static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }
}
