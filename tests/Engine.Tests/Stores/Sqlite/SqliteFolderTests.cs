using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;

namespace Actors.Engine.Tests.Stores.Sqlite;

public sealed class SqliteFolderTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_half_created_chain_is_not_listed_and_is_created_again()
    {
        using var node = _fixture.OpenNode();
        var leftover = Path.Combine(_fixture.ChainsFolder, ".creating-main.0123");
        Directory.CreateDirectory(leftover);
        File.WriteAllText(Path.Combine(leftover, "log.db"), "half");

        Assert.Empty(node.ListChains());
        Assert.Throws<ChainNotFoundException>(() => node.OpenChain("main"));
        node.CreateChain("main", TestBlocks.Genesis).Dispose();
        Assert.Equal(["main"], node.ListChains());
        Assert.Equal([Path.Combine(_fixture.ChainsFolder, "main")], Directory.EnumerateDirectories(_fixture.ChainsFolder));
    }

    [Fact]
    public void Leftovers_of_other_chains_are_not_touched()
    {
        using var node = _fixture.OpenNode();
        var other = Path.Combine(_fixture.ChainsFolder, ".creating-main-2.0123");
        Directory.CreateDirectory(other);
        node.CreateChain("main", TestBlocks.Genesis).Dispose();
        Assert.True(Directory.Exists(other));
    }

    [Fact]
    public void A_chain_that_was_closed_leaves_no_write_ahead_log()
    {
        var folder = _fixture.CreateClosed("main", blocks: 3);
        Assert.Equal(["head", "log.db", "state.db"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void An_open_chain_at_rest_keeps_no_file_open()
    {
        using var node = _fixture.OpenNode();
        using var store = node.CreateChain("main", TestBlocks.Genesis);
        store.AppendThrough(store.TakeEpoch().Epoch, 2);
        Parallel.For(0, 20, _ => store.ReadBlock(1));
        if (!OperatingSystem.IsLinux())
            return;

        Assert.NotEqual(0, CountOpen());
        store.Rest();
        Assert.Equal(0, CountOpen());
    }

    [Fact]
    public void A_backup_holds_the_genesis_as_a_file_too()
    {
        _fixture.CreateClosed("main", blocks: 2);
        using var store = _fixture.Open("main");
        var folder = _fixture.NewPath();
        store.BackupTo(folder);
        Assert.Equal(TestBlocks.Genesis, File.ReadAllBytes(Path.Combine(folder, "genesis")));
        Assert.Equal(new NotedHead(2UL, TestBlocks.HashOf(2)), HeadFile.Read(folder));
        Assert.Equal(
            ["genesis", "head", "log.db", "state.db"],
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_data_folder_that_cannot_be_made_is_unavailable()
    {
        var path = _fixture.NewPath();
        File.WriteAllText(path, "a file");
        Assert.Throws<StoreUnavailableException>(() => new SqliteNodeStore(path));
    }

    private int CountOpen() => Directory.EnumerateFiles("/proc/self/fd")
        .Count(path => TargetOf(path).StartsWith(_fixture.DataFolder, StringComparison.Ordinal));

    private static string TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (IOException)
        {
            return ""; // closed by another test in the meantime
        }
    }
}
