using Actors.Engine.Chains;
using Actors.Engine.Relays;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Tests.Relays;

/// <summary>A channel to a chain that is not on this node: the node's relay does not look for it at every commit, and finds it when it comes.</summary>
public sealed class AbsentPeersTests
{
    private readonly TestClock _clock = new();
    private int _looked;

    [Fact]
    public async Task A_peer_that_is_not_here_is_looked_for_once_in_half_a_minute()
    {
        await using var one = new TestNode { Clock = _clock };
        await using var other = new TestNode { Clock = _clock };
        var pair = await TestPair.CreateAsync(one, other);
        var relays = new NodeRelays(Find(one), _clock);
        for (var half = 1; half <= 2; half++)
        {
            for (var i = 0; i < 50; i++)
            {
                await relays.MovedAsync((IRelayEnd)pair.Home.Chain, 1);
                await relays.TimedOutAsync((IRelayEnd)pair.Home.Chain, 1);
            }

            Assert.Equal(half, _looked);
            _clock.Pass(AbsentPeers.LookAgainAfter);
        }
    }

    [Fact]
    public async Task A_peer_that_turns_up_and_moves_is_carried_to_at_once()
    {
        await using var one = new TestNode { Clock = _clock };
        await using var other = new TestNode { Clock = _clock };
        var pair = await TestPair.CreateAsync(one, other);
        var find = Find(one);
        var relays = new NodeRelays((id, stop) => find(id, stop), _clock);
        await pair.Home.CommitAsync(pair.Out(700));
        await relays.MovedAsync((IRelayEnd)pair.Home.Chain, 1);
        Assert.Equal(0, await pair.Away.PostedAsync(pair.Holder));

        find = async (id, stop) => (LedgerChain?)(await one.Node.FindChainAsync(id, stop) ?? await other.Node.FindChainAsync(id, stop));
        await relays.MovedAsync((IRelayEnd)pair.Home.Chain, 1);
        Assert.Equal(0, await pair.Away.PostedAsync(pair.Holder));
        await relays.MovedAsync((IRelayEnd)pair.Away.Chain, 1);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await pair.Away.PostedAsync(pair.Holder) == 0)
        {
            await pair.Away.Chain.WaitForBlockAsync((await pair.Away.Chain.GetStatusAsync(false, deadline.Token)).Height, deadline.Token);
        }

        Assert.Equal(700, await pair.Away.PostedAsync(pair.Holder));
    }

    [Fact]
    public void No_more_are_remembered_than_the_bound_and_old_ones_make_room()
    {
        var absent = new AbsentPeers(_clock);
        for (var i = 1U; i <= AbsentPeers.ChannelsMax + 10; i++)
        {
            absent.NoteAbsent((Hash256.Zero, i), Hash256.Zero);
        }

        Assert.Equal(AbsentPeers.ChannelsMax, absent.Count);
        Assert.True(absent.Knows((Hash256.Zero, 1)));
        Assert.False(absent.Knows((Hash256.Zero, AbsentPeers.ChannelsMax + 1)));
        _clock.Pass(AbsentPeers.LookAgainAfter);
        absent.NoteAbsent((Hash256.Zero, AbsentPeers.ChannelsMax + 1), Hash256.Zero);
        Assert.Equal(1, absent.Count);
    }

    private Func<ChainId, CancellationToken, Task<LedgerChain?>> Find(TestNode node) => async (id, stop) =>
    {
        Interlocked.Increment(ref _looked);
        return (LedgerChain?)await node.Node.FindChainAsync(id, stop);
    };
}
