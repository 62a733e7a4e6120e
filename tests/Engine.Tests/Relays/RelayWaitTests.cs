using System.Diagnostics;
using Actors.Engine.Relays;
using Actors.Engine.Tests.Chains;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Operations;

namespace Actors.Engine.Tests.Relays;

/// <summary>A relay outside the node waits in one call for what a channel has, and brings what timed out without asking anybody to seal.</summary>
public sealed class RelayWaitTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_export_waits_for_the_commit_that_moves_the_channel_and_no_longer()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        var home = (IWaitingRelayEnd)pair.Home.Chain;
        var cursor = (await ((IRelayEnd)pair.Away.Chain).GetRelayPositionAsync(1, default))!.Cursor;
        Assert.Null(await home.AwaitExportAsync(1, cursor, TimeSpan.FromMilliseconds(50), default));

        var waiting = home.AwaitExportAsync(1, cursor, Long, default).AsTask();
        await pair.Home.CommitAsync(TestBook.Move(2, 3, 1));
        Assert.False(waiting.IsCompleted);
        await pair.Home.CommitAsync(pair.Out(700));

        Assert.Equal(1, (await waiting.WaitAsync(Long))!.PacketCount);
    }

    [Fact]
    public async Task A_wait_for_timeouts_ends_when_one_has_come()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        var clock = Stopwatch.StartNew();
        var waiting = ((IWaitingRelayEnd)pair.Home.Chain).AwaitTimedOutAsync(1, Long, default).AsTask();
        await pair.Home.CommitAsync(pair.Out(20), pair.Out(700) with { Timeout = new Timestamp(node.Clock.UnixMs + 1_500) });

        var packets = (await waiting.WaitAsync(Long))!;

        Assert.Equal((2UL, 1), (packets.Ranges.Single().First, packets.Ranges.Single().Count));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"it took {clock.Elapsed}");
    }

    [Fact]
    public async Task A_wait_ends_with_the_chain()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        var waiting = ((IWaitingRelayEnd)pair.Home.Chain).AwaitTimedOutAsync(1, Long, default).AsTask();

        await node.StopAsync();

        await Assert.ThrowsAsync<Faults.ChainStoppedException>(() => waiting.WaitAsync(Long));
    }

    [Fact]
    public async Task What_is_paused_receives_nothing_and_is_brought_the_acknowledgements_of_what_it_sent()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Home.CommitAsync(pair.Out(700), new PauseChannel(EntityReference.Numbered(1)));

        await TestPair.SettledAsync(pair.Home);
        await pair.Away.CommitAsync(pair.Back(300));
        var home = (await ((IRelayEnd)pair.Home.Chain).GetRelayPositionAsync(1, default))!;

        Assert.Equal((0UL, true), (home.Cursor.Received, home.Paused));
        await pair.Home.CommitAsync(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        await TestPair.SettledAsync(pair.Away);
        Assert.Equal(400, await pair.Home.PostedAsync(pair.Escrow));
    }

    [Fact]
    public async Task A_chain_of_another_node_that_has_been_idle_is_shown_a_newer_header_and_so_a_timeout_is_proven()
    {
        var clock = new TestClock();
        await using var one = new TestNode { Clock = clock };
        await using var other = new TestNode { Clock = clock };
        var pair = await TestPair.CreateAsync(one, other);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        var (home, away) = (new NeverSeals((IRelayEnd)pair.Home.Chain), new NeverSeals((IRelayEnd)pair.Away.Chain));
        var carrier = new RelayCarrier(away, 1, home, 1, clock);
        for (var round = 1; round <= 2; round++)
        {
            await pair.Home.CommitAsync(pair.Out(700) with { Timeout = new Timestamp(clock.UnixMs + 200) });
            Assert.NotNull(await home.AwaitTimedOutAsync(1, Long, default));
            Assert.Equal(RelayEnd.NothingLeft, (await carrier.CarryTimeoutsAsync(default)).End);
            Assert.Equal(round - 1, carrier.Timeouts);

            clock.Pass(TimeSpan.FromSeconds(10));
            Assert.Equal(RelayEnd.NothingLeft, (await carrier.CarryTimeoutsAsync(default)).End);
            Assert.Equal(round, carrier.Timeouts);
        }

        Assert.Null(await home.GetTimedOutAsync(1, default));
        Assert.Equal(TestPair.Funds, await pair.Home.PostedAsync(2));
    }

    private sealed class NeverSeals(IRelayEnd chain) : IWaitingRelayEnd
    {
        public Genesis Genesis => chain.Genesis;

        public ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation) => chain.SubmitAsync(envelope, cancellation);

        public ValueTask<RelayPosition?> GetRelayPositionAsync(uint channel, CancellationToken cancellation) => chain.GetRelayPositionAsync(channel, cancellation);

        public ValueTask<RelayBatch?> ExportAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) => chain.ExportAsync(channel, cursor, cancellation);

        public ValueTask<TimedOutPackets?> GetTimedOutAsync(uint channel, CancellationToken cancellation) => chain.GetTimedOutAsync(channel, cancellation);

        public ValueTask<RelayBatch?> AwaitExportAsync(uint channel, RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) => ((IWaitingRelayEnd)chain).AwaitExportAsync(channel, cursor, waitMax, cancellation);

        public ValueTask<TimedOutPackets?> AwaitTimedOutAsync(uint channel, TimeSpan waitMax, CancellationToken cancellation) => ((IWaitingRelayEnd)chain).AwaitTimedOutAsync(channel, waitMax, cancellation);

        public ValueTask<RelayBatch?> ExportPositionAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) => chain.ExportPositionAsync(channel, cursor, cancellation);

        public ValueTask<bool> SealAsync(Timestamp time, CancellationToken cancellation) => ValueTask.FromResult(false);
    }
}
