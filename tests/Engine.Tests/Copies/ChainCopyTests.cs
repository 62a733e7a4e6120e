using Actors.Engine.Chains;
using Actors.Engine.Copies;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Copies;

public sealed class ChainCopyTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Database = "a database";
    private const int Blocks = 300; // more than a batch

    private readonly TestNode _node = new() { Options = new ChainOptions { SnapshotLogBytes = 20_000, SnapshotDirtyBytes = 20_000 } };

    public async Task InitializeAsync()
    {
        database.Clear();
        var book = await _node.CreateAsync(accounts: 3);
        for (var i = 1; i < Blocks; i++)
            await book.CommitAsync(TestBook.Move(1, 2, 1));
        await _node.StopAsync();
    }

    public Task DisposeAsync() => _node.DisposeAsync().AsTask();

    [Fact]
    public async Task The_copy_is_the_chain_with_its_snapshot_and_the_source_is_closed()
    {
        using var source = new SqliteNodeStore(_node.DataFolder);
        var report = await new ChainCopy(source, Open, Database).RunAsync(TestNode.ChainName, null, CancellationToken.None);
        Assert.Empty(report.Findings);
        Assert.Equal(((ulong)Blocks, (ulong)Blocks), (report.BlocksCopied, report.Audit.Height));
        using var target = Open();
        Assert.Equal([TestNode.ChainName], target.ListChains());
        using var copy = target.OpenChain(TestNode.ChainName);
        using var closed = source.OpenChain(TestNode.ChainName);
        Assert.NotNull(copy.ReadManifest());
        Assert.Equal(closed.ReadManifest()!.State, copy.ReadManifest()!.State);
        Assert.Equal(Database, Assert.Throws<ChainClosedException>(() => closed.TakeEpoch()).MovedTo);
    }

    [Fact]
    public async Task A_copy_that_was_interrupted_is_opened_by_no_node_and_goes_on_where_it_stopped()
    {
        using var source = new SqliteNodeStore(_node.DataFolder);
        using var stop = new CancellationTokenSource();
        var copy = new ChainCopy(source, Open, Database);
        await Assert.ThrowsAsync<OperationCanceledException>(() => copy.RunAsync(TestNode.ChainName, new AtFirst(stop.Cancel), stop.Token));

        await using (var node = LedgerNode.Open(new LedgerNodeOptions { DataFolder = Path.Combine(_node.Root, "other"), Store = database.NodeString }))
        {
            var unfinished = Assert.Single(await node.ListChainsAsync(null, 10, CancellationToken.None));
            var refusal = await Assert.ThrowsAsync<Faults.ChainStoppedException>(() => node.FindChainAsync(unfinished, CancellationToken.None).AsTask());
            Assert.Contains("an unfinished copy", refusal.Message);
        }

        var report = await copy.RunAsync(TestNode.ChainName, null, CancellationToken.None);
        Assert.Empty(report.Findings);
        Assert.InRange(report.BlocksCopied, 1UL, Blocks - 200UL);
        using var target = Open();
        Assert.Equal([TestNode.ChainName], target.ListChains());
    }

    [Fact]
    public async Task A_copy_that_is_finished_is_found_so_and_audited_again_with_what_was_added_since()
    {
        using var source = new SqliteNodeStore(_node.DataFolder);
        var copy = new ChainCopy(source, Open, Database);
        await copy.RunAsync(TestNode.ChainName, null, CancellationToken.None);
        await using (var there = new TestNode { Store = database.NodeString })
        {
            Directory.CreateDirectory(there.DataFolder);
            Directory.Move(Path.Combine(_node.DataFolder, "sealing-keys"), Path.Combine(there.DataFolder, "sealing-keys"));
            var chain = await there.Node.FindChainAsync(ChainId.Parse(TestNode.ChainName), CancellationToken.None);
            await _node.BookOf(chain!).CommitAsync(TestBook.Move(1, 2, 1));
        }

        var report = await copy.RunAsync(TestNode.ChainName, null, CancellationToken.None);
        Assert.Empty(report.Findings);
        Assert.Equal((0UL, Blocks + 1UL), (report.BlocksCopied, report.Audit.Height));
    }

    [Fact]
    public async Task A_chain_that_is_there_and_has_another_history_is_not_taken_for_the_copy()
    {
        using var source = new SqliteNodeStore(_node.DataFolder);
        using (var chain = source.OpenChain(TestNode.ChainName))
        {
            chain.Close(chain.TakeEpoch().Epoch, Database);
            using var target = Open();
            target.CreateChain(TestNode.ChainName, chain.Genesis).Dispose();
        }

        var refusal = await Assert.ThrowsAsync<HeadMovedException>(() => new ChainCopy(source, Open, Database).RunAsync(TestNode.ChainName, null, CancellationToken.None));
        Assert.Contains("the source that was closed to go on in it", refusal.Message);
    }

    [Fact]
    public async Task A_chain_that_is_there_already_is_not_touched_and_the_source_stays_open()
    {
        using (var target = Open())
            target.CreateChain(TestNode.ChainName, "another"u8.ToArray()).Dispose();
        using var source = new SqliteNodeStore(_node.DataFolder);
        await Assert.ThrowsAsync<ChainExistsException>(() => new ChainCopy(source, Open, Database).RunAsync(TestNode.ChainName, null, CancellationToken.None));
        using var open = source.OpenChain(TestNode.ChainName);
        open.TakeEpoch();
    }

    [Fact]
    public async Task A_chain_that_was_closed_to_go_somewhere_else_is_not_copied()
    {
        using var source = new SqliteNodeStore(_node.DataFolder);
        using (var chain = source.OpenChain(TestNode.ChainName))
            chain.Close(chain.TakeEpoch().Epoch, "somewhere else");
        var refusal = await Assert.ThrowsAsync<ChainClosedException>(() => new ChainCopy(source, Open, Database).RunAsync(TestNode.ChainName, null, CancellationToken.None));
        Assert.Equal("somewhere else", refusal.MovedTo);
    }

    private PostgresNodeStore Open() => PostgresNodeStore.Open(database.NodeString, null);

    private sealed class AtFirst(Action act) : IProgress<CopyProgress>
    {
        public void Report(CopyProgress value) => act();
    }
}
