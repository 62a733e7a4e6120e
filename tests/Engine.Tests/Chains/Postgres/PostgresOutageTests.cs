using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Chains.Postgres;

/// <summary>A running chain whose server goes away, or whose connection does, and comes back.</summary>
public sealed class PostgresOutageTests(PostgresOutageTests.Server fixture) : IClassFixture<PostgresOutageTests.Server>
{
    private readonly PostgresServer _server = fixture.Running;

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_loses_nothing_and_the_chain_goes_on()
    {
        await using var node = new PostgresNode(_server);
        var payer = await node.CreateAsync();
        using var stop = new CancellationTokenSource();
        var paying = payer.PayAsync(stop.Token);
        for (var i = 0; i < 2; i++)
        {
            await payer.WaitForAsync(more: 20);
            _server.Restart();
        }

        await payer.WaitForAsync(more: 20);
        await stop.CancelAsync();
        await paying;
        Assert.True(payer.HasMetFaults || EpochOf(node) > 1, "no payment met the outage");
        await node.RequireAsync(paid: payer.Acknowledged);
    }

    [Fact]
    public async Task A_block_whose_commit_was_cut_off_is_there_once_and_its_transactions_are_answered_as_committed()
    {
        await using var node = new PostgresNode(_server);
        var payer = await node.CreateAsync();
        await payer.PayAsync(times: 3);
        var epoch = EpochOf(node);
        node.Proxy.CutNextAnswer();
        await payer.PayAsync(times: 1);
        Assert.Equal(1, node.Proxy.CutCount);
        Assert.False(payer.HasMetFaults);
        Assert.Equal(epoch + 1, EpochOf(node));
        await payer.PayAsync(times: 3);
        await node.RequireAsync(paid: 7);
    }

    [Fact]
    public async Task A_block_whose_commit_never_arrived_is_not_there_and_the_same_bytes_are_committed_once_after_it()
    {
        await using var node = new PostgresNode(_server);
        var payer = await node.CreateAsync();
        await payer.PayAsync(times: 3);
        node.Proxy.CutNextCommit();
        await payer.PayAsync(times: 1);
        Assert.Equal(1, node.Proxy.CutCount);
        Assert.True(payer.HasMetFaults);
        await payer.PayAsync(times: 3);
        await node.RequireAsync(paid: 7);
    }

    [Fact]
    public async Task A_second_node_takes_over_and_the_first_one_stops()
    {
        await using var node = new PostgresNode(_server);
        var payer = await node.CreateAsync();
        await payer.PayAsync(times: 3);
        using (var other = PostgresNodeStore.Open(node.Database.NodeString, null))
        using (var store = other.OpenChain(TestNode.ChainName))
            store.TakeEpoch();
        var stopped = await Assert.ThrowsAnyAsync<Faults.EngineFaultException>(() => payer.PayAsync(times: 1));
        Assert.Null(stopped.RetryAfter);
        Assert.Contains("another writer has taken over", stopped.ToString());
    }

    [Fact]
    public async Task Pages_that_a_fenced_out_writer_wrote_never_become_part_of_a_snapshot()
    {
        await using var node = new PostgresNode(_server);
        var payer = await node.CreateAsync();
        await payer.PayAsync(times: 3);
        await node.Node.StopAsync();
        using var stores = PostgresNodeStore.Open(node.Database.NodeString, null);
        using var paused = stores.OpenChain(TestNode.ChainName);
        var epoch = paused.TakeEpoch().Epoch;
        var snapshot = (paused.ReadManifest()?.Snapshot ?? 0) + 1;
        paused.WritePages(epoch, snapshot, [new PageWrite(0, 0, default, new byte[4096])]);
        using var successor = stores.OpenChain(TestNode.ChainName);
        var taken = successor.TakeEpoch().Epoch;
        Assert.Throws<FenceLostException>(() => paused.WritePages(epoch, snapshot, []));
        Assert.Throws<FenceLostException>(() => paused.SwitchSnapshot(epoch, new SnapshotManifest(snapshot, 1, [1])));
        Assert.Throws<InvalidOperationException>(() => successor.SwitchSnapshot(taken, new SnapshotManifest(snapshot, 1, [1])));
        Assert.Equal(1, successor.DropSuperseded(taken, 10));
    }

    /// <summary>One that may be killed: it syncs, and nobody else uses it.</summary>
    public sealed class Server : IDisposable
    {
        internal PostgresServer Running { get; } = PostgresServer.StartNew();

        public void Dispose() => Running.Dispose();
    }

    private static long EpochOf(PostgresNode node) => node.Database.Read<long>("SELECT epoch FROM actors.chain");
}
