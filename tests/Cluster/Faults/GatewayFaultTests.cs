using System.Net;
using Actors.ClusterTests.Programs;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests.Faults;

[Collection(ClusterCollection.Name)]
public sealed class GatewayFaultTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_gateway_without_silos_is_alive_not_ready_and_says_when_to_come_back()
    {
        using var gateway = await cluster.Launch("gateway", "nobody").ListensAsync();

        using var live = await gateway.Http.GetAsync("health/live");
        using var ready = await gateway.Http.GetAsync("health/ready");
        using var read = await gateway.Http.GetAsync("v1/chains");
        using var submitted = await gateway.Http.PostAsync("v1/chains/any/transactions", new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("application/octet-stream") } });

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        foreach (var refused in new[] { read, submitted })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task A_gateway_that_hosts_nothing_serves_the_chains_of_the_silos()
    {
        await cluster.EnsureSilosAsync(3);
        using var gateway = cluster.Launch("gateway");
        await (await gateway.ListensAsync()).IsReadyAsync();
        using var book = await Book.OpenAsync(gateway.Client(Patience), "fronted", payers: 2, accountsEach: 1);
        await using (var load = Load.Start(book, () => [gateway]))
        {
            await load.MoreAsync(50);
        }

        await Load.CheckAsync(book, gateway);
        Assert.DoesNotContain("is served here", gateway.Said);
    }
}
