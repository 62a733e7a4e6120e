using Actors.Engine;
using Actors.Engine.Sealing;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger.Operations;

namespace Actors.ProcessTests.Relays;

/// <summary>A node whose two chains send to each other, killed and started again.</summary>
public sealed class KillInFlightTests : IAsyncLifetime
{
    private const int KillsMax = 10;
    private const int BulkSize = 1_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private const int QuietLooks = 15;
    private const int LooksMax = 600;
    private TwoNodes _node = null!;

    public async Task InitializeAsync() => _node = await TwoNodes.StartAsOneAsync();

    public Task DisposeAsync()
    {
        _node.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Packets_on_their_way_when_a_node_is_killed_are_acknowledged_after_its_start_without_any_call()
    {
        var inFlight = 0UL;
        for (var kills = 0; inFlight == 0; kills++)
        {
            Assert.True(kills < KillsMax, $"expected packets on their way at one of {KillsMax} kills");
            if (kills > 0)
            {
                await _node.Home.StartAsync();
            }

            await KillWhileSendingAsync();
            inFlight = await InFlightAsync();
        }

        var before = Heights();
        await _node.Home.StartAsync();
        await QuietAsync(before);
        _node.Home.Gateway.Kill();
        Assert.Equal(0UL, await InFlightAsync());

        await _node.Home.StartAsync();
        await _node.HoldsAwayAsync((long)(await _node.Home.PositionAsync()).Sent);
    }

    /// <summary>The kill comes while bulks of sends are committed and carried.</summary>
    private async Task KillWhileSendingAsync()
    {
        var sent = (await _node.Home.PositionAsync()).Sent;
        var sending = SendUntilGoneAsync();
        while (!sending.IsCompleted && (await _node.Home.PositionAsync()).Sent < sent + (3 * BulkSize))
        {
        }

        _node.Home.Gateway.Kill();
        await sending;
    }

    private async Task SendUntilGoneAsync()
    {
        try
        {
            while (true)
            {
                await _node.Home.CommitAsync([.. Enumerable.Range(0, BulkSize).Select(_ => (IOperation)TwoNodes.Out(1))]);
            }
        }
        catch (HttpRequestException)
        {
        }
    }

    /// <summary>As the chain's own records say, while no node runs and nobody carries anything.</summary>
    private async Task<ulong> InFlightAsync()
    {
        var folder = _node.Home.DataFolder;
        using var host = new ChainHost(new SqliteNodeStore(folder), SealingKeyFolders.In(folder), new LedgerNodeOptions { DataFolder = folder });
        await using var home = host.Open(_node.Home.Chain)!;
        var position = (await home.GetRelayPositionAsync(1, default))!;
        return position.Sent - position.Settled;
    }

    /// <summary>Waits until blocks have come and no more come. It looks into the files, so that the node is asked nothing.</summary>
    private async Task QuietAsync((ulong Home, ulong Away) before)
    {
        var last = before;
        for (int looks = 0, quiet = 0; last.Home == before.Home || quiet < QuietLooks; looks++)
        {
            Assert.True(looks < LooksMax, $"expected blocks above {before}, then none; found {last}");
            await Task.Delay(LookEvery);
            var now = Heights();
            quiet = now == last ? quiet + 1 : 0;
            last = now;
        }
    }

    private (ulong Home, ulong Away) Heights() => (HeightOf(_node.Home), HeightOf(_node.Away));

    private static ulong HeightOf(Side side)
    {
        using var store = new SqliteNodeStore(side.DataFolder).OpenChain(side.Chain.Value);
        return store.ReadHead().Height;
    }
}
