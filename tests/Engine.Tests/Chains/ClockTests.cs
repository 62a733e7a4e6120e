using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Chains;

public sealed class ClockTests
{
    private static readonly ChainOptions Options = new() { RetryWritesAfterMs = 0 };

    [Theory]
    [InlineData(-60_000, "the clock leapt by -")]
    [InlineData(60_000, "the clock leapt by ")]
    [InlineData(-3_000, "ms behind")]
    public async Task A_clock_that_is_wrong_stops_writes_until_it_is_right_again(int offMs, string says)
    {
        var clock = new TestClock();
        await using var host = new SimHost(Options, clock);
        var book = await host.Start().FoundAsync(3);
        clock.Set(TimeSpan.FromMilliseconds(offMs));
        var stopped = await Assert.ThrowsAsync<WritesStoppedException>(() => book.SendAsync(TestBook.Move(1, 2, 1)));
        Assert.Contains(says, stopped.Message);
        Assert.Equal(0, await book.PostedAsync(2));
        clock.Set(TimeSpan.Zero);
        await book.CommitAsync(TestBook.Move(1, 2, 1));
    }

    [Fact]
    public async Task A_small_correction_forward_is_taken_as_it_is()
    {
        var clock = new TestClock();
        await using var host = new SimHost(Options, clock);
        var book = await host.Start().FoundAsync(3);
        clock.Set(TimeSpan.FromSeconds(4));
        await book.CommitAsync(TestBook.Move(1, 2, 1));
    }

    [Fact]
    public async Task What_was_said_to_have_expired_is_not_recorded_when_the_clock_is_set_back()
    {
        var clock = new TestClock();
        await using var host = new SimHost(Options, clock);
        var book = await host.Start().FoundAsync(3);
        var envelope = book.Envelope([TestBook.Move(1, 2, 1)], clock.UnixMs + 2_000);
        clock.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal(Outcome.Expired, (await book.SendAsync(envelope)).Outcome);
        Assert.Equal(LookupStatus.Expired, (await book.Chain.FindTransactionAsync(book.IdOf(envelope), CancellationToken.None)).Status);
        clock.Set(TimeSpan.FromSeconds(-2));
        await Assert.ThrowsAsync<WritesStoppedException>(() => book.SendAsync(envelope));
        clock.Pass(TimeSpan.FromSeconds(4));
        Assert.Equal(Outcome.Expired, (await book.SendAsync(envelope)).Outcome);
    }

    [Fact]
    public async Task A_lookup_does_not_call_expired_what_is_on_its_way_to_the_store()
    {
        var clock = new TestClock();
        await using var host = new SimHost(Options, clock);
        var book = await host.Start().FoundAsync(3);
        host.Faults.Hold(StoreCall.Append);
        var envelope = book.Envelope([TestBook.Move(1, 2, 1)], clock.UnixMs + 30_000);
        var send = book.SendAsync(envelope);
        await Until(() => host.Faults.Count(StoreCall.Append) == 2);
        clock.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(LookupStatus.NotFound, (await book.Chain.FindTransactionAsync(book.IdOf(envelope), CancellationToken.None)).Status);
        Assert.Equal(0, await book.PostedAsync(2));
        host.Faults.Release();
        Assert.Equal(Outcome.Committed, (await send).Outcome);
        Assert.Equal(LookupStatus.Recorded, (await book.Chain.FindTransactionAsync(book.IdOf(envelope), CancellationToken.None)).Status);
    }

    [Fact]
    public async Task An_expired_id_is_found_in_the_log_long_after_the_state_forgot_it()
    {
        var clock = new TestClock();
        await using var host = new SimHost(Options, clock);
        var book = await host.Start().FoundAsync(3);
        var envelope = book.Envelope([TestBook.Move(1, 2, 1)]);
        var first = await book.SendAsync(envelope);
        for (var i = 0; i < 5; i++)
        {
            clock.Pass(TimeSpan.FromMinutes(10));
            await book.CommitAsync(TestBook.Move(1, 2, 1));
        }

        var bad = (byte[])envelope.Clone();
        bad[^1] ^= 1;
        foreach (var again in new[] { envelope, bad })
        {
            var result = await book.SendAsync(again);
            Assert.Equal((Outcome.AlreadyCommitted, first.Recorded!.Place), (result.Outcome, result.Recorded!.Place));
        }
    }

    [Fact]
    public async Task A_pending_expires_by_the_due_timer_without_any_traffic()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        var place = (await book.CommitAsync(new Pending(TestBook.Account(1), TestBook.Account(2), 7, new Timestamp(node.Clock.UnixMs + 1_000)))).Place;
        await book.Chain.WaitForBlockAsync(place.Height, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, (await book.ReadAsync(2)).PendingIn);
        Assert.Equal(PendingState.Expired, (await book.Chain.GetPendingAsync(new PendingNumber(1), true, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task A_pending_that_fell_due_while_the_node_was_stopped_expires_when_it_is_opened()
    {
        var clock = new TestClock();
        await using var node = new TestNode { Clock = clock };
        var book = await node.CreateAsync();
        var place = (await book.CommitAsync(new Pending(TestBook.Account(1), TestBook.Account(2), 7, new Timestamp(clock.UnixMs + 60_000)))).Place;
        Assert.Equal(7, (await book.ReadAsync(2)).PendingIn);
        await node.StopAsync();
        clock.Pass(TimeSpan.FromMinutes(2));
        book = await node.FindAsync();
        await book.Chain.WaitForBlockAsync(place.Height, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, (await book.ReadAsync(2)).PendingIn);
    }

    [Fact]
    public async Task An_idle_chain_neither_asks_the_clock_nor_touches_its_store()
    {
        var clock = new TestClock();
        await using var host = new SimHost(clock: clock);
        var book = await host.Start().FoundAsync(3);
        await book.CommitAsync(TestBook.Move(1, 2, 1));
        await Until(() => host.Faults.Count(StoreCall.WriteHeadFile) > 0);
        var (asked, calls) = (clock.Asked, host.Faults.Total);
        await Task.Delay(500);
        Assert.Equal((asked, calls), (clock.Asked, host.Faults.Total));
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var deadline = Environment.TickCount64 + 20_000; !condition(); await Task.Delay(5))
        {
            Assert.True(Environment.TickCount64 < deadline, "it did not happen within 20 s");
        }
    }
}
