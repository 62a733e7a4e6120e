using Actors.Engine.Clocks;
using Actors.Engine.Relays;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Operations;

namespace Actors.Engine.Tests.Relays;

/// <summary>Channels between two chains of one node, carried by the node itself.</summary>
public sealed class RelayTests
{
    [Fact]
    public async Task Value_crosses_and_comes_home_and_everything_is_settled()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);

        await pair.Home.CommitAsync(pair.Out(700));
        await TestPair.SettledAsync(pair.Home);

        Assert.Equal(700, await pair.Away.PostedAsync(pair.Holder));
        Assert.Equal(-700, await pair.Away.PostedAsync(pair.Issuer));
        Assert.Equal(700, await pair.Home.PostedAsync(pair.Escrow));

        await pair.Away.CommitAsync(pair.Back(300));
        await TestPair.SettledAsync(pair.Away);

        Assert.Equal(400, await pair.Away.PostedAsync(pair.Holder));
        Assert.Equal(400, await pair.Home.PostedAsync(pair.Escrow));
        Assert.Equal(TestPair.Funds - 400, await pair.Home.PostedAsync(2));
    }

    [Fact]
    public async Task What_the_other_side_does_not_accept_comes_back()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);

        await pair.Home.CommitAsync(pair.Out(700, recipient: 999), pair.Out(5));
        await TestPair.SettledAsync(pair.Home);

        Assert.Equal(TestPair.Funds - 5, await pair.Home.PostedAsync(2));
        Assert.Equal(5, await pair.Home.PostedAsync(pair.Escrow));
    }

    [Fact]
    public async Task Many_senders_at_once_in_both_directions_lose_nothing_and_double_nothing()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Home.CommitAsync(pair.Out(50_000));
        await TestPair.SettledAsync(pair.Home);

        var sends = Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? pair.Home.CommitAsync(pair.Out(3), pair.Out(4)) : pair.Away.CommitAsync(pair.Back(2)));
        await Task.WhenAll(sends);
        await TestPair.SettledAsync(pair.Home);
        await TestPair.SettledAsync(pair.Away);

        Assert.Equal(50_000 + (200 * 7) - (200 * 2), await pair.Away.PostedAsync(pair.Holder));
        Assert.Equal(50_000 + (200 * 7) - (200 * 2), await pair.Home.PostedAsync(pair.Escrow));
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_node_stopped_arrives_after_the_start()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Home.CommitAsync(pair.Out(50_000));
        await TestPair.SettledAsync(pair.Home);

        for (var round = 1; round <= 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).SelectMany(_ => new[] { pair.Home.CommitAsync(pair.Out(3)), pair.Away.CommitAsync(pair.Back(1)) }));
            await node.StopAsync();
            await pair.ReopenAsync(node);
            await TestPair.SettledAsync(pair.Home);
            await TestPair.SettledAsync(pair.Away);

            Assert.Equal(50_000 + (round * 100), await pair.Away.PostedAsync(pair.Holder));
            Assert.Equal(50_000 + (round * 100), await pair.Home.PostedAsync(pair.Escrow));
        }
    }

    [Fact]
    public async Task What_an_idle_peer_that_is_paused_does_not_take_comes_back_at_its_timeout()
    {
        await using var node = new TestNode();
        var pair = await TestPair.CreateAsync(node);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));

        await pair.Home.CommitAsync(pair.Out(700) with { Timeout = new Timestamp(node.Clock.UnixMs + 1_500) }, pair.Out(20));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var height = default(Height);
        while (await pair.Home.PostedAsync(2) != TestPair.Funds - 20)
        {
            height = await pair.Home.Chain.WaitForBlockAsync(height, deadline.Token);
        }

        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        await TestPair.SettledAsync(pair.Home);

        Assert.Equal(20, await pair.Away.PostedAsync(pair.Holder));
        Assert.Equal(20, await pair.Home.PostedAsync(pair.Escrow));
        Assert.Equal(TestPair.Funds - 20, await pair.Home.PostedAsync(2));
    }

    /// <summary>Of a chain that another silo runs: whoever woke the relay tries again, and does not take it for done.</summary>
    [Fact]
    public async Task A_relay_whose_other_side_has_stopped_says_that_it_gave_up()
    {
        await using var homeNode = new TestNode();
        await using var awayNode = new TestNode();
        var pair = await TestPair.CreateAsync(homeNode, awayNode);
        await pair.Home.CommitAsync(pair.Out(700));
        await awayNode.StopAsync();

        var relay = new ChannelRelay(new ChannelEnd((IRelayEnd)pair.Home.Chain, 1), new ChannelEnd((IRelayEnd)pair.Away.Chain, 1), SystemClock.Instance);

        Assert.Equal(RelayProgress.GivenUp, await relay.WakeAsync(byOne: true, RelayWake.Moved, TimeSpan.FromSeconds(30)));
    }
}
