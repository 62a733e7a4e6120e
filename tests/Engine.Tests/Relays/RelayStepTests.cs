using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.Relays;
using Actors.Engine.Tests.Chains;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Operations;

namespace Actors.Engine.Tests.Relays;

/// <summary>A relay that dies, or stalls, at each of its calls in turn: another one goes on from what both chains say, and nothing is lost or done twice.</summary>
public sealed class RelayStepTests
{
    private const int BackAmount = 40;
    private const int OutAmount = 700;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_relay_that_dies_at_every_step_is_followed_by_one_that_goes_on(bool afterTheCall)
    {
        await using var one = new TestNode();
        await using var other = new TestNode();
        var pair = await TestPair.CreateAsync(one, other);
        await pair.Home.CommitAsync(pair.Out(10_000));
        await RelayAllAsync(pair, int.MaxValue, afterTheCall);
        var (died, round) = (true, 0);
        while (died)
        {
            round++;
            await pair.Home.CommitAsync(pair.Out(OutAmount), pair.Out(5, recipient: 999));
            await pair.Away.CommitAsync(pair.Back(BackAmount));

            died = await RelayAllAsync(pair, round, afterTheCall);
            Assert.False(await RelayAllAsync(pair, int.MaxValue, afterTheCall));

            var crossed = 10_000 + (round * (OutAmount - BackAmount));
            Assert.Equal((crossed, crossed), (await pair.Away.PostedAsync(pair.Holder), await pair.Home.PostedAsync(pair.Escrow)));
            Assert.Equal(TestPair.Funds - crossed, await pair.Home.PostedAsync(2));
            foreach (var side in new[] { pair.Home, pair.Away })
            {
                var position = (await ((IRelayEnd)side.Chain).GetRelayPositionAsync(1, default))!;
                Assert.Equal(position.Sent, position.Settled);
            }
        }

        Assert.True(round > 8, $"a relay makes {round} calls only");
    }

    [Fact]
    public async Task A_relay_that_stalls_holds_nobody_up_and_does_no_harm_when_it_goes_on()
    {
        await using var one = new TestNode();
        await using var other = new TestNode();
        var pair = await TestPair.CreateAsync(one, other);
        var stall = new TaskCompletionSource();
        await pair.Home.CommitAsync(pair.Out(OutAmount));
        var away = new Faulty((IRelayEnd)pair.Away.Chain, new Calls(int.MaxValue, AfterTheCall: false)) { BeforeSubmitting = stall.Task };
        var stalled = new RelayCarrier((IRelayEnd)pair.Home.Chain, 1, away, 1, SystemClock.Instance).CarryAsync(TimeSpan.Zero, default);

        Assert.False(await RelayAllAsync(pair, int.MaxValue, afterTheCall: false));
        Assert.Equal(OutAmount, await pair.Away.PostedAsync(pair.Holder));
        Assert.False(stalled.IsCompleted);
        stall.SetResult();
        Assert.NotEqual(RelayEnd.Stalled, (await stalled).End);

        Assert.Equal((OutAmount, OutAmount), (await pair.Away.PostedAsync(pair.Holder), await pair.Home.PostedAsync(pair.Escrow)));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    public async Task Nodes_whose_clocks_differ_agree_on_what_arrived_and_what_came_back(int awayAheadSeconds)
    {
        var (clock, skewed) = (new TestClock(), new TestClock());
        skewed.Set(TimeSpan.FromSeconds(awayAheadSeconds));
        await using var one = new TestNode { Clock = clock };
        await using var other = new TestNode { Clock = skewed };
        var pair = await TestPair.CreateAsync(one, other);

        // Past for the receiver it comes back, though it is not for the sender; past for the sender it arrives, if it is not for the receiver.
        var isLate = awayAheadSeconds > 0;
        await pair.Home.CommitAsync(pair.Out(100), pair.Out(20) with { Timeout = new Timestamp(clock.UnixMs + (isLate ? 30_000UL : 10_000)) });
        clock.Pass(TimeSpan.FromSeconds(isLate ? 0 : 20));
        await CarryAsync(pair, clock);
        var crossed = isLate ? 100 : 120;
        Assert.Equal((crossed, crossed), (await pair.Away.PostedAsync(pair.Holder), await pair.Home.PostedAsync(pair.Escrow)));
        Assert.Equal(TestPair.Funds - crossed, await pair.Home.PostedAsync(2));

        // A refund for absence takes a block of the receiver from after the timeout, whatever the sender's clock says.
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        await pair.Home.CommitAsync(pair.Out(7) with { Timeout = new Timestamp(Math.Max(clock.UnixMs, skewed.UnixMs) + 60_000) });
        var timeouts = new RelayCarrier((IRelayEnd)pair.Away.Chain, 1, (IRelayEnd)pair.Home.Chain, 1, clock);
        clock.Pass(TimeSpan.FromSeconds(70));
        await timeouts.CarryTimeoutsAsync(default);
        Assert.Equal(0, timeouts.Timeouts);
        clock.Pass(TimeSpan.FromSeconds(60));
        skewed.Pass(TimeSpan.FromMinutes(4));
        await timeouts.CarryTimeoutsAsync(default);

        Assert.Equal(1, timeouts.Timeouts);
        Assert.Equal((TestPair.Funds - crossed, crossed), (await pair.Home.PostedAsync(2), await pair.Home.PostedAsync(pair.Escrow)));
    }

    private static async Task CarryAsync(TestPair pair, IChainClock clock)
    {
        foreach (var (from, to) in new[] { (pair.Home, pair.Away), (pair.Away, pair.Home) })
        {
            Assert.Equal(RelayEnd.NothingLeft, (await new RelayCarrier((IRelayEnd)from.Chain, 1, (IRelayEnd)to.Chain, 1, clock).CarryAsync(TimeSpan.Zero, default)).End);
        }
    }

    /// <summary>Both directions, until nothing is left; true when the relay died at its call of this number.</summary>
    private static async Task<bool> RelayAllAsync(TestPair pair, int dies, bool afterTheCall)
    {
        var calls = new Calls(dies, afterTheCall);
        var (home, away) = (new Faulty((IRelayEnd)pair.Home.Chain, calls), new Faulty((IRelayEnd)pair.Away.Chain, calls));
        try
        {
            for (var round = 0; round < 2; round++)
            {
                await new RelayCarrier(home, 1, away, 1, SystemClock.Instance).CarryAsync(TimeSpan.Zero, default);
                await new RelayCarrier(away, 1, home, 1, SystemClock.Instance).CarryAsync(TimeSpan.Zero, default);
            }
        }
        catch (UnreachableException)
        {
            return true;
        }

        return false;
    }

    private sealed record Calls(int Dies, bool AfterTheCall)
    {
        private int _made;

        public bool IsLast() => Interlocked.Increment(ref _made) == Dies;
    }

    private sealed class Faulty(IRelayEnd chain, Calls calls) : IRelayEnd
    {
        public Task BeforeSubmitting { get; init; } = Task.CompletedTask;

        public Genesis Genesis => chain.Genesis;

        public async ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
        {
            await BeforeSubmitting;
            return await CallAsync(chain.SubmitAsync, envelope, cancellation);
        }

        public ValueTask<RelayPosition?> GetRelayPositionAsync(uint channel, CancellationToken cancellation) => CallAsync(chain.GetRelayPositionAsync, channel, cancellation);

        public ValueTask<RelayBatch?> ExportAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) =>
            CallAsync((number, stop) => chain.ExportAsync(number, cursor, stop), channel, cancellation);

        public ValueTask<TimedOutPackets?> GetTimedOutAsync(uint channel, CancellationToken cancellation) => CallAsync(chain.GetTimedOutAsync, channel, cancellation);

        public ValueTask<RelayBatch?> ExportPositionAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) =>
            CallAsync((number, stop) => chain.ExportPositionAsync(number, cursor, stop), channel, cancellation);

        public ValueTask<bool> SealAsync(Timestamp time, CancellationToken cancellation) => CallAsync(chain.SealAsync, time, cancellation);

        private async ValueTask<TResult> CallAsync<TArgument, TResult>(Func<TArgument, CancellationToken, ValueTask<TResult>> call, TArgument argument, CancellationToken cancellation)
        {
            var isLast = calls.IsLast();
            if (isLast && !calls.AfterTheCall)
            {
                throw new UnreachableException("the relay is dead");
            }

            var result = await call(argument, cancellation);
            return isLast ? throw new UnreachableException("the relay is dead") : result;
        }
    }
}
