using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;

namespace Actors.Engine.Tests.Stores.Sqlite;

/// <summary>When chains are due, as files of the data folder keep it.</summary>
public sealed class SqliteDueTests : DueStoreContract
{
    private readonly SqliteFixture _fixture = new();

    private string Folder => Path.Combine(_fixture.DataFolder, "due");

    [Fact]
    public void Chains_with_nothing_due_have_no_file()
    {
        Append("main", null);
        var (store, epoch) = Append("due", 20);
        Assert.Equal(["due"], Directory.EnumerateFiles(Folder).Select(Path.GetFileName));
        store.Append(epoch, TestBlocks.Block(2) with { Due = new DueNote(null) });
        Assert.Empty(Directory.EnumerateFiles(Folder));
    }

    [Fact]
    public void In_a_data_folder_that_kept_nothing_of_it_every_chain_is_due_once_but_no_unfinished_copy()
    {
        var (store, epoch) = Append("main", 20);
        Append("other", null);
        Append("copy-0123456789abcdef0123456789", null);
        Directory.Delete(Folder, recursive: true);

        Assert.Equal([new DueChain("main", 0), new DueChain("other", 0)], Due.ListDue(0, null, 10));
        Assert.True(((IDueChainStore)store).WriteDue(epoch, 1, default));
        Assert.Equal(["other"], Chains(Due.ListDue(0, null, 10)));
    }

    [Fact]
    public void A_file_that_cannot_be_read_means_now_and_the_next_write_mends_it()
    {
        var (store, epoch) = Append("main", 20);
        File.WriteAllText(Path.Combine(Folder, "main"), "soon");
        Assert.Equal([new DueChain("main", 0)], Due.ListDue(0, null, 10));
        store.Append(epoch, TestBlocks.Block(2) with { Due = new DueNote(30) });
        Assert.Equal([new DueChain("main", 30)], Due.ListDue(30, null, 10));
    }

    [Fact]
    public void What_is_not_of_a_chain_here_is_passed_over()
    {
        Append("main", 20);
        File.WriteAllText(Path.Combine(Folder, "gone"), "5");
        File.WriteAllText(Path.Combine(Folder, "main.0123.tmp"), "5");
        Assert.Equal(["main"], Chains(Due.ListDue(20, null, 10)));
    }

    [Fact]
    public void A_restored_chain_is_due_at_once()
    {
        var (store, _) = Append("main", 20);
        var backup = _fixture.NewPath();
        store.BackupTo(backup);
        var data = _fixture.NewPath();
        SqliteRestore.Run(backup, data, "main");
        using var node = new SqliteNodeStore(data);
        Assert.Equal([new DueChain("main", 0)], node.ListDue(0, null, 10));
    }

    [Fact]
    public void A_block_that_finds_no_room_leaves_what_is_kept_no_later()
    {
        var (store, epoch) = Append("main", 20);
        _fixture.TakeRoom(store);
        var height = 2UL;
        var full = Record.Exception(() =>
        {
            for (; height < 1_000; height++)
            {
                store.Append(epoch, TestBlocks.Block(height, 4_096) with { Due = new DueNote(20 + height) });
            }
        });
        Assert.IsType<StoreFullException>(full);
        Assert.InRange(Assert.Single(Due.ListDue(10_000, null, 10)).DueMs, 20UL, 20 + height - 1);
    }

    protected override StoreFixture NewFixture() => _fixture;
}
