using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;
using Actors.Ledger.Pendings;

namespace Actors.Engine.Tests.Chains;

public sealed class SnapshotTests
{
    private static readonly ChainOptions Small = new() { SnapshotLogBytes = 8_000, PageCacheBytesMax = 20_000, OwnRootPagesMax = 2, StateLagMs = 5 };

    [Fact]
    public async Task After_a_snapshot_a_restart_replays_only_what_came_after_it()
    {
        await using var node = new TestNode { Options = Small };
        var book = await node.CreateAsync(accounts: 500);
        for (ulong i = 0; i < 150; i++)
        {
            await book.CommitAsync(TestBook.Move(1, 2 + (i * 3), 1));
        }

        await node.StopAsync();
        using (var stores = new SqliteNodeStore(node.DataFolder))
        using (var store = stores.OpenChain(TestNode.ChainName))
        {
            var recovered = ChainRecovery.Recover(StoredGenesis.Parse(store), store);
            Assert.Equal(151UL, recovered.Head.Height);
            Assert.True(recovered.LastSnapshot > 1, $"only {recovered.LastSnapshot} snapshots were written");
            Assert.InRange(recovered.LogBytesSinceSnapshot, 0, 5 * Small.SnapshotLogBytes);
        }

        book = await node.FindAsync();
        Assert.Equal(-150, await book.PostedAsync(1));
        await book.CommitAsync(TestBook.Move(1, 2, 1));
        await node.StopAsync();
        Assert.Empty((await TestNode.AuditAsync(node.DataFolder)).Findings);
    }

    [Fact]
    public async Task State_larger_than_the_page_cache_gives_the_same_results()
    {
        await using var small = new TestNode { Options = Small with { PageCacheBytesMax = 0 } };
        await using var large = new TestNode();
        var (tiny, ample) = (await small.CreateAsync(accounts: 2_000), await large.CreateAsync(accounts: 2_000));
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var (from, to, amount) = (random.Next(3) == 0 ? 1UL : (ulong)random.Next(2, 1_900), (ulong)random.Next(2, 1_900), random.Next(1, 5));
            var outcomes = new List<Ledger.Transactions.Outcome>();
            foreach (var book in new[] { tiny, ample })
            {
                outcomes.Add((await book.SendAsync(TestBook.Move(from, to, amount))).Outcome);
                await book.SendAsync(TestBook.Move(1, to, 2), TestBook.Move(1, (to + 64) % 1_900, 2));
            }

            Assert.Single(outcomes.Distinct());
        }

        Assert.Equal(await ample.PostedAsync(1, 400), await tiny.PostedAsync(1, 400));
        await small.StopAsync();
        tiny = await small.FindAsync();
        Assert.Equal(await ample.PostedAsync(400, 800), await tiny.PostedAsync(400, 800));
    }

    /// <summary>A paused process that wakes up: nothing is broken, but the pages that it goes back to are another's.</summary>
    [Fact]
    public async Task A_writer_that_was_taken_over_and_meets_a_page_of_another_snapshot_says_that_it_lost_the_fence()
    {
        await using var host = new SimHost(Small with { PageCacheBytesMax = 0 });
        var old = await host.Start().FoundAsync(accounts: 500);
        await PayAllAsync(old);
        await PayAllAsync(host.Start());
        await host.StopAsync();

        var stopped = await Assert.ThrowsAsync<ChainStoppedException>(async () =>
        {
            for (ulong account = 2; account < 500; account++)
            {
                await old.Chain.GetAccountAsync(new AccountNumber(account), current: false, CancellationToken.None);
            }
        });

        Assert.Contains("another writer has taken over", stopped.Message, StringComparison.Ordinal);
        Assert.IsType<FenceLostException>(stopped.InnerException);
        await ((IAsyncDisposable)old.Chain).DisposeAsync();
    }

    [Fact]
    public async Task Pages_of_finished_pendings_are_kept_as_hashes_and_their_pendings_stay_finished()
    {
        await using var node = new TestNode { Options = Small };
        var book = await node.CreateAsync();
        for (var i = 0; i < 140; i++)
        {
            await book.CommitAsync(new Pending(TestBook.Account(1), TestBook.Account(2), 3, new Timestamp(node.Clock.UnixMs + 60_000)));
            await book.CommitAsync(new Post(Ledger.Operations.EntityReference.Numbered((ulong)i + 1)));
        }

        await node.StopAsync();
        book = await node.FindAsync();
        var first = await book.Chain.GetPendingAsync(new PendingNumber(1), true, CancellationToken.None);
        Assert.True(first!.IsCollapsed);
        Assert.Equal(Ledger.Transactions.Outcome.PendingNotOpen, (await book.SendAsync(new Post(Ledger.Operations.EntityReference.Numbered(1)))).Outcome);
        Assert.Equal(420, await book.PostedAsync(2));
    }

    /// <summary>Something for every page of accounts, in enough blocks for several snapshots.</summary>
    private static async Task PayAllAsync(TestBook book)
    {
        for (ulong account = 2; account < 500; account += 5)
        {
            await book.CommitAsync(TestBook.Move(1, account, 1));
        }
    }
}
