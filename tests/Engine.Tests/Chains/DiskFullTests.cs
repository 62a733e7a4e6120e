using Actors.Engine.Chains;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.Intake;
using Actors.Engine.Sealing;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;
using Actors.Ledger.Pendings;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Chains;

public sealed class DiskFullTests
{
    private static readonly ChainOptions Options = new() { RetryWritesAfterMs = 50 };

    [Fact]
    public async Task On_a_full_disk_writes_stop_reads_go_on_and_with_room_writes_do_too()
    {
        await using var node = new TestNode();
        await node.CreateAsync(accounts: 3);
        await node.StopAsync();
        using var stores = new SqliteNodeStore(node.DataFolder);
        var store = (SqliteChainStore)stores.OpenChain(TestNode.ChainName);
        using var keys = new SealingKeyFolder(Path.Combine(node.DataFolder, "sealing-keys", TestNode.ChainName));
        using var due = new DueQueue(SystemClock.Instance);
        await using var chain = new LedgerChain(ChainRecovery.Recover(StoredGenesis.Parse(store), store), store, keys, SystemClock.Instance, new VerifyPool(2, 100), Options, due.Schedule);
        var book = node.BookOf(chain);
        await book.CommitAsync(TestBook.Move(1, 2, 5));

        store.LimitPages(1, 1);
        var stopped = await SendUntilStoppedAsync(book);
        Assert.NotNull(stopped.RetryAfter);
        var posted = await book.PostedAsync(2);
        Assert.True(posted >= 5);
        Assert.NotNull((await chain.GetStatusAsync(true, CancellationToken.None)).WritesStopped);

        store.LimitPages(null, null);
        await SendUntilCommittedAsync(book);
        Assert.Equal(posted + 1, await book.PostedAsync(2));
        Assert.Null((await chain.GetStatusAsync(true, CancellationToken.None)).WritesStopped);
    }

    [Fact]
    public async Task A_due_pending_waits_for_room_without_trying_all_the_time_and_then_expires_by_itself()
    {
        await using var host = new SimHost(Options);
        var book = await host.Start().FoundAsync(3);
        await book.CommitAsync(new Pending(TestBook.Account(1), TestBook.Account(2), 7, new Timestamp(host.Clock.UnixMs + 800)));
        host.Disk.IsFull = true;
        var appends = host.Faults.Count(StoreCall.Append);
        await Task.Delay(1_200);
        Assert.InRange(host.Faults.Count(StoreCall.Append) - appends, 1, 12);
        host.Disk.IsFull = false;
        await book.Chain.WaitForBlockAsync(new Height(2), CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, (await book.ReadAsync(2)).PendingIn);
    }

    private static async Task<WritesStoppedException> SendUntilStoppedAsync(TestBook book)
    {
        while (true)
        {
            try
            {
                await book.SendAsync(TestBook.Move(1, 2, 1));
            }
            catch (WritesStoppedException stopped)
            {
                return stopped;
            }
        }
    }

    private static async Task SendUntilCommittedAsync(TestBook book)
    {
        var envelope = book.Envelope([TestBook.Move(1, 2, 1)]);
        for (var deadline = Environment.TickCount64 + 20_000; Environment.TickCount64 < deadline;)
        {
            try
            {
                Assert.Equal(Ledger.Transactions.Outcome.Committed, (await book.SendAsync(envelope)).Outcome);
                return;
            }
            catch (WritesStoppedException)
            {
                await Task.Delay(20);
            }
        }

        Assert.Fail("writes did not go on");
    }
}
