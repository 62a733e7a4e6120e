using System.Diagnostics;
using Actors.ClusterTests.Channels;
using Actors.ClusterTests.Programs;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;

namespace Actors.ClusterTests.Idle;

/// <summary>Chains with something due that nobody calls.</summary>
[Collection(ClusterCollection.Name)]
public sealed class DueTests(TestCluster cluster)
{
    private static readonly TimeSpan ExpiredMax = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_pending_expires_though_the_silo_of_its_chain_was_killed_and_nobody_calls_the_chain()
    {
        await cluster.EnsureSilosAsync(3);
        using var chain = await TestChain.CreateAsync(cluster.Silos[0], "due");
        var until = TestChain.In(Timeout);
        var answer = await chain.CommitAsync(cluster.Silos[0], new Pending(TestChain.Account(2), TestChain.Account(3), 500, until, EntityReference.Numbered(1)));
        var pending = answer.Operations[0].Created!.Value;
        var height = cluster.HeightInStore("due");
        var host = chain.Host(cluster);
        var gateway = cluster.Silos.First(silo => silo != host);
        host.Kill();
        Assert.True(DueInStore("due") <= (long)until.Ms, "expected the store to know when the pending is due");

        for (var watch = Stopwatch.StartNew(); cluster.HeightInStore("due") == height; await Task.Delay(200))
        {
            Assert.True(watch.Elapsed < ExpiredMax, "nobody woke the chain");
        }

        Assert.Equal(height + 1, cluster.HeightInStore("due"));
        Assert.Equal("expired", (await gateway.Client(Patience).GetPendingAsync(chain.Id, pending, default)).Value.State);
        Assert.Null(DueInStore("due"));
    }

    private long? DueInStore(string chain) => cluster.Database.Read<object>($"""
        SELECT coalesce((SELECT d.due_ms FROM actors.due d JOIN actors.chain c ON c.chain = d.chain WHERE c.slug = '{chain}'), -1)
        """) is long and not -1L and var due ? due : null;
}
