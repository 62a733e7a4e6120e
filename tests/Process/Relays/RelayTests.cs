using System.Text.Json.Nodes;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Operations;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Relays;

/// <summary>Channels between two nodes that share nothing, joined by <c>actors relay</c>.</summary>
public sealed class RelayTests : IAsyncLifetime
{
    private TwoNodes _nodes = null!;

    public async Task InitializeAsync() => _nodes = await TwoNodes.StartAsync();

    public Task DisposeAsync()
    {
        _nodes.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Value_crosses_and_is_acknowledged_and_what_is_not_accepted_comes_back()
    {
        await _nodes.Home.CommitAsync(TwoNodes.Out(700), TwoNodes.Out(5, recipient: 99));
        var ran = await _nodes.RelayOnceAsync("--json");

        var position = await _nodes.Home.PositionAsync();
        Assert.True((position.Sent, position.Settled) == (2, 2), $"{position}: {ran.Output}{ran.Errors}");
        await _nodes.HoldsAwayAsync(700);
        var answer = JsonNode.Parse(ran.Output)!;
        Assert.Equal(1, (int)answer["channels"]!);
        Assert.Equal(2, (long)answer["carried"]![0]!["packets"]!);
        Assert.Equal(1, (long)answer["carried"]![1]!["acknowledgements"]!);
        Assert.Null(answer["lastTrouble"]);

        // With the nodes the other way round, and nothing left to carry.
        var again = await ActorsCommand.SucceedAsync(
            "relay", "--from", _nodes.Away.Address, "--to", _nodes.Home.Address, "--from-api-key", "@" + _nodes.Away.TokenFile, "--to-api-key", "@" + _nodes.Home.TokenFile, "--once");
        Assert.Contains("joined   away/1", again.Output, StringComparison.Ordinal);
        await _nodes.HoldsAwayAsync(700);
    }

    [Fact]
    public async Task A_relay_that_goes_on_carries_both_ways_as_it_comes_and_ends_well_when_interrupted()
    {
        using var relay = new RelayProcess(_nodes.RelayArguments());
        await relay.SaysAsync("joined   home/1");
        for (var round = 1; round <= 3; round++)
        {
            await _nodes.Home.CommitAsync(TwoNodes.Out(700));
            await _nodes.SettledAsync();
            await _nodes.Away.CommitAsync(TwoNodes.Back(200));
            await _nodes.SettledAsync();
            await _nodes.HoldsAwayAsync(500 * round);
        }

        Assert.True(await relay.InterruptAsync() == 0, relay.Said);
        Assert.Contains("carried  home/1 -> away/1: 3 packets, 3 acknowledgements", relay.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_idle_peer_does_not_take_comes_back_at_its_timeout()
    {
        using var relay = new RelayProcess(_nodes.RelayArguments());
        await relay.SaysAsync("joined   home/1");
        await _nodes.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        await _nodes.Home.CommitAsync(TwoNodes.Out(700, timeoutMs: 1_500), TwoNodes.Out(20));
        await TwoNodes.UntilAsync(async () => await _nodes.Home.PostedAsync(TwoNodes.Holder) is var left && left == TwoNodes.Funds - 20 ? null : $"the sender has {left}: {relay.Said}");

        await _nodes.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        await _nodes.SettledAsync();
        await _nodes.HoldsAwayAsync(20);
    }

    [Fact]
    public async Task A_relay_that_is_killed_and_started_again_loses_nothing_and_doubles_nothing()
    {
        for (var round = 1; round <= 3; round++)
        {
            using var killed = new RelayProcess(_nodes.RelayArguments());
            var sending = ManyAsync(bulks: 10);
            await TwoNodes.UntilAsync(async () =>
            {
                var received = (await _nodes.Away.PositionAsync()).Received;
                return received > (ulong)(((round - 1) * 10_000) + 500) ? null : $"{received} packets have arrived, sending is {sending.Status}: {killed.Said}";
            });
            killed.Kill();
            await sending;

            using var relay = new RelayProcess(_nodes.RelayArguments());
            await _nodes.SettledAsync();
            await _nodes.HoldsAwayAsync(round * 10 * 1_000 * 3);
        }
    }

    [Fact]
    public async Task A_relay_waits_for_a_node_that_is_killed_and_goes_on_when_it_is_back()
    {
        using var relay = new RelayProcess(_nodes.RelayArguments());
        await relay.SaysAsync("joined   home/1");
        foreach (var side in new[] { _nodes.Away, _nodes.Home })
        {
            var before = await _nodes.Home.PositionAsync();
            await ManyAsync(bulks: 10);
            side.Gateway.Kill();
            await relay.SaysAsync($"trouble  {side.Address}");
            await side.StartAsync();
            await _nodes.SettledAsync();
            Assert.Equal(before.Sent + 10_000, (await _nodes.Home.PositionAsync()).Settled);
        }

        await _nodes.HoldsAwayAsync(2 * 10 * 1_000 * 3);
        Assert.True(await relay.InterruptAsync() == 0, relay.Said);
    }

    [Fact]
    public async Task Two_relays_at_once_do_no_harm()
    {
        using var one = new RelayProcess(_nodes.RelayArguments());
        using var other = new RelayProcess("relay", "--from", _nodes.Away.Address, "--to", _nodes.Home.Address, "--from-api-key", "@" + _nodes.Away.TokenFile, "--to-api-key", "@" + _nodes.Home.TokenFile);
        await ManyAsync(bulks: 20);
        await _nodes.SettledAsync();

        await _nodes.HoldsAwayAsync(20 * 1_000 * 3);
        Assert.DoesNotContain("refused", one.Said + other.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "HeaderNotSealed")]
    [InlineData(-3, "PacketsNotProven")]
    public async Task A_source_that_lies_changes_nothing_and_is_refused_by_name(int place, string outcome)
    {
        await _nodes.Home.CommitAsync(TwoNodes.Out(700));
        var before = await _nodes.Away.PositionAsync();
        using (var liar = new LyingProxy(_nodes.Home.Address, length => place < 0 ? length + place : place + 305))
        {
            var ran = await ActorsCommand.RunAsync([.. _nodes.RelayArguments(liar.Address, _nodes.Away.Address), "--once", "--wait", "3s"]);

            Assert.True(ran.ExitCode == 1, $"ended with {ran.ExitCode}: {ran.Output}{ran.Errors}");
            Assert.Contains($"refused  home/1 -> away/1: {outcome}", ran.Output, StringComparison.Ordinal);
            Assert.True(liar.Lies > 1);
        }

        Assert.Equal(before, await _nodes.Away.PositionAsync());
        await _nodes.RelayOnceAsync();
        await _nodes.HoldsAwayAsync(700);
    }

    [Fact]
    public async Task What_cannot_run_says_why()
    {
        var nobody = await ActorsCommand.RunAsync([.. _nodes.RelayArguments("http://127.0.0.1:1", _nodes.Away.Address), "--once", "--wait", "1s"]);
        Assert.Equal(2, nobody.ExitCode);
        Assert.Contains("http://127.0.0.1:1/: ", nobody.Errors, StringComparison.Ordinal);

        var refused = await ActorsCommand.RunAsync("relay", "--from", _nodes.Home.Address, "--to", _nodes.Away.Address, "--from-api-key", "wrong", "--once");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("unauthenticated", refused.Errors, StringComparison.Ordinal);

        var nothing = await ActorsCommand.RunAsync([.. _nodes.RelayArguments(), "--once", "--channel", "7"]);
        Assert.Equal(2, nothing.ExitCode);
        Assert.Contains("no channel joins", nothing.Errors, StringComparison.Ordinal);
    }

    /// <summary>Bulks of 1,000 sends of 3 each.</summary>
    private async Task ManyAsync(int bulks)
    {
        for (var bulk = 0; bulk < bulks; bulk++)
        {
            await _nodes.Home.CommitAsync([.. Enumerable.Range(0, 1_000).Select(_ => (IOperation)TwoNodes.Out(3))]);
        }
    }
}
