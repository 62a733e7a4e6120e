using Actors.Engine.Relays;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Tests.Relays;

/// <summary>Headers of two idle chains played back and forth: each is news to the other, and yet nobody has blocks sealed at will by that.</summary>
public sealed class HeadersAloneTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private readonly TestClock _clock = new();

    [Fact]
    public async Task They_make_one_block_in_ten_seconds_at_most()
    {
        await using var one = new TestNode { Clock = _clock };
        await using var other = new TestNode { Clock = _clock };
        var pair = await TestPair.CreateAsync(one, other);
        await PlayAsync(pair, rounds: 3);
        var before = (Home: await HeightAsync(pair.Home), Away: await HeightAsync(pair.Away));
        for (var times = 1UL; times <= 3; times++)
        {
            _clock.Pass(Idle);
            var outcomes = await PlayAsync(pair, rounds: 20);

            Assert.Equal((before.Home + times, before.Away + times), (await HeightAsync(pair.Home), await HeightAsync(pair.Away)));
            Assert.Equal(2, outcomes.Count(outcome => outcome == Outcome.Committed));
            Assert.All(outcomes, outcome => Assert.True(outcome is Outcome.Committed or Outcome.HeaderNotNeeded or Outcome.HeaderKnown, $"{outcome}"));
        }
    }

    [Fact]
    public async Task Several_at_once_make_one_block_with_one_of_them()
    {
        await using var one = new TestNode { Clock = _clock };
        await using var other = new TestNode { Clock = _clock };
        var pair = await TestPair.CreateAsync(one, other);
        var updates = new List<byte[]>();
        for (var i = 0; i < 5; i++)
        {
            await pair.Home.CommitAsync(TestBook.Move(2, 3, 1));
            updates.Add(await UpdateAsync(pair.Home, pair.Away));
        }

        _clock.Pass(Idle);
        var height = await HeightAsync(pair.Away);
        var results = await Task.WhenAll(updates.Select(update => pair.Away.SendAsync(update)));

        Assert.Single(results, result => result.Outcome == Outcome.Committed);
        Assert.Equal(height + 1, await HeightAsync(pair.Away));
    }

    [Fact]
    public async Task A_busy_chain_learns_once_an_hour_that_a_peer_lives()
    {
        await using var one = new TestNode { Clock = _clock };
        await using var other = new TestNode { Clock = _clock };
        var pair = await TestPair.CreateAsync(one, other);
        await TestPair.CarryAsync(pair.Home, pair.Away);
        for (var half = 1; half <= 3; half++)
        {
            _clock.Pass(TimeSpan.FromMinutes(31));
            await pair.Home.CommitAsync(TestBook.Move(2, 3, 1));
            await pair.Away.CommitAsync(TestBook.Move(1, 2, 1));
            var result = await pair.Away.SendAsync(await UpdateAsync(pair.Home, pair.Away));

            Assert.Equal(half == 2 ? Outcome.Committed : Outcome.HeaderNotNeeded, result.Outcome);
            Assert.True(result.Outcome == Outcome.Committed || result.Detail!.Contains("not idle", StringComparison.Ordinal), result.Detail);
        }
    }

    /// <summary>Shows each chain the other's newest header, again and again.</summary>
    private async Task<List<Outcome>> PlayAsync(TestPair pair, int rounds)
    {
        var outcomes = new List<Outcome>();
        for (var round = 0; round < rounds; round++)
        {
            outcomes.Add((await pair.Away.SendAsync(await UpdateAsync(pair.Home, pair.Away))).Outcome);
            outcomes.Add((await pair.Home.SendAsync(await UpdateAsync(pair.Away, pair.Home))).Outcome);
        }

        return outcomes;
    }

    private async Task<byte[]> UpdateAsync(TestBook from, TestBook to)
    {
        var position = (await ((IRelayEnd)to.Chain).GetRelayPositionAsync(1, default))!;
        var batch = (await ((IRelayEnd)from.Chain).ExportPositionAsync(1, position.Cursor, default))!;
        return batch.EncodeUpdate(to.Chain.Genesis, position.Peer, new Timestamp(_clock.UnixMs + 60_000));
    }

    private static async Task<ulong> HeightAsync(TestBook book) => (await book.Chain.GetStatusAsync(true, default)).Height.Value;
}
