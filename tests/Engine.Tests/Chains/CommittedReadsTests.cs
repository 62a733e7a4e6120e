using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Aliases;
using Actors.Ledger.Transactions;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Chains;

public sealed class CommittedReadsTests
{
    [Fact]
    public async Task What_is_not_yet_durable_is_seen_by_nobody()
    {
        await using var host = new SimHost();
        var book = await host.Start().FoundAsync(3);
        var chain = book.Chain;
        host.Faults.Hold(StoreCall.Append);
        var send = book.SendAsync(TestBook.Move(1, 2, 9), new SetAlias(TestBook.Account(2), "savings"));
        while (host.Faults.Count(StoreCall.Append) < 2)
        {
            await Task.Yield();
        }

        Assert.Equal(0, await book.PostedAsync(2));
        Assert.Equal(new Height(1), (await chain.GetStatusAsync(true, CancellationToken.None)).Height);
        Assert.Null(await chain.GetBlockAsync(new Height(2), CancellationToken.None));
        Assert.Null(await chain.GetSignedHeaderAsync(new Height(2), CancellationToken.None));
        Assert.Null(await chain.FindAliasAsync(new KeysetNumber(1), "savings", CancellationToken.None));
        Assert.False(send.IsCompleted);

        host.Faults.Release();
        Assert.Equal(Outcome.Committed, (await send).Outcome);
        Assert.Equal(9, await book.PostedAsync(2));
        Assert.Equal(new AccountNumber(2), await chain.FindAliasAsync(new KeysetNumber(1), "savings", CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_append_of_unknown_outcome_is_settled_by_what_the_store_has(bool happened)
    {
        await using var host = new SimHost(new ChainOptions { RetryWritesAfterMs = 0 });
        var book = await host.Start().FoundAsync(3);
        host.Faults.FailNext(StoreCall.Append, new OutcomeUnknownException("the answer was lost"), isAfter: happened);
        var envelope = book.Envelope([TestBook.Move(1, 2, 9)]);
        if (happened)
        {
            Assert.Equal(Outcome.Committed, (await book.SendAsync(envelope)).Outcome);
        }
        else
        {
            await Assert.ThrowsAsync<WritesStoppedException>(() => book.SendAsync(envelope));
            Assert.Equal(0, await book.PostedAsync(2));
        }

        Assert.Equal(happened ? Outcome.AlreadyCommitted : Outcome.Committed, (await book.SendAsync(envelope)).Outcome);
        Assert.Equal(9, await book.PostedAsync(2));
    }

    [Fact]
    public async Task A_writer_whose_chain_another_took_says_so_and_answers_nothing_as_current()
    {
        await using var host = new SimHost();
        var old = await host.Start().FoundAsync(3);
        var other = host.Start();
        await other.CommitAsync(TestBook.Move(1, 2, 9));
        await Assert.ThrowsAsync<ChainStoppedException>(() => old.ReadAsync(2));
        await Assert.ThrowsAsync<ChainStoppedException>(() => old.SendAsync(old.Envelope([TestBook.Move(1, 2, 9)], 1_000UL)));
        await Assert.ThrowsAnyAsync<EngineFaultException>(() => old.SendAsync(TestBook.Move(1, 2, 1)));
        await Assert.ThrowsAsync<ChainStoppedException>(() => old.SendAsync(TestBook.Move(1, 2, 1)));
        Assert.Equal(9, await other.PostedAsync(2));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_now_fails_the_request_and_not_the_chain()
    {
        await using var host = new SimHost(new ChainOptions { PageCacheBytesMax = 0, SnapshotLogBytes = 1, RetryWritesAfterMs = 0 });
        var book = await host.Start().FoundAsync(300);
        for (ulong account = 2; account < 200; account += 20)
        {
            await book.CommitAsync(TestBook.Move(1, account, 9));
        }

        await SnapshotHeadAsync(host, book);
        await host.StopAsync();
        book = host.Start();
        host.Faults.FailNext(StoreCall.ReadPage, new StoreUnavailableException("busy"));
        await Assert.ThrowsAsync<WritesStoppedException>(() => book.ReadAsync(2));
        Assert.Equal(9, await book.PostedAsync(2));
        await host.StopAsync();
        book = host.Start();
        host.Faults.FailNext(StoreCall.ReadPage, new StoreUnavailableException("busy"));
        var envelope = book.Envelope([TestBook.Move(1, 182, 1)]);
        await Assert.ThrowsAsync<WritesStoppedException>(() => book.SendAsync(envelope));
        Assert.Equal(Outcome.Committed, (await book.SendAsync(envelope)).Outcome);
        Assert.Equal(10, await book.PostedAsync(182));
    }

    /// <summary>Seals blocks until one is in a snapshot: a start then replays nothing, and no page is in memory.</summary>
    private static async Task SnapshotHeadAsync(SimHost host, TestBook book)
    {
        for (var block = 0; block < 200; block++)
        {
            await book.Chain.ProveAccountAsync(new AccountNumber(1), CancellationToken.None);
            for (var wait = 0; wait < 20; wait++)
            {
                lock (host.Disk.Lock)
                {
                    if (host.Disk.Manifest?.Height == host.Disk.Head.Height)
                    {
                        return;
                    }
                }

                await Task.Delay(5);
            }
        }

        Assert.Fail("no snapshot caught up with the head");
    }
}
