using System.Diagnostics;
using System.Globalization;
using Actors.ClusterTests.Programs;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests.Faults;

/// <summary>Silos that are killed, paused and replaced while clients pay.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SiloFaultTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ServedAgainMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_chain_whose_silo_is_killed_under_load_is_served_again_within_30_seconds_and_has_lost_nothing()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "killed", payers: 4, accountsEach: 1);
        var (host, other) = cluster.Around("killed");
        var watch = new Stopwatch();
        await using (var load = Load.Start(book, () => [other]))
        {
            await load.MoreAsync(100);
            host.Kill();
            watch.Start();
            await load.MoreAsync(5);
            watch.Stop();
            await load.MoreAsync(50);
        }

        Assert.True(watch.Elapsed < ServedAgainMax, $"expected the chain to be served again within {ServedAgainMax.TotalSeconds} s of the kill, it took {watch.Elapsed.TotalSeconds:0.0}");
        await Load.CheckAsync(book, other);
    }

    [Fact]
    public async Task All_silos_killed_and_started_again_go_on_where_they_were()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "blackout", payers: 3, accountsEach: 1);
        await using (var load = Load.Start(book, () => cluster.Answering))
        {
            await load.MoreAsync(60);
            foreach (var silo in cluster.Silos)
            {
                silo.Kill();
            }

            await cluster.EnsureSilosAsync(3);
            await load.MoreAsync(30);
        }

        await Load.CheckAsync(book, cluster.Silos[0]);
    }

    [Fact]
    public async Task A_paused_silo_that_wakes_after_its_chain_moved_can_write_nothing_answers_nothing_stale_and_stops()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "paused", payers: 3, accountsEach: 1);
        var (host, other) = cluster.Around("paused");
        using var ended = host;
        await using (var load = Load.Start(book, () => [other]))
        {
            await load.MoreAsync(50);
            host.Pause();
            await load.MoreAsync(30);
            var head = (await other.Client(Patience).GetChainAsync(book.Chain, default)).Value.Height;

            host.Wake();
            await RequireNothingStaleAsync(host, book, head);
            await load.MoreAsync(30);
        }

        await host.WaitForExitAsync(StopMax);
        await Load.CheckAsync(book, other);
    }

    [Fact]
    public async Task A_rolling_restart_under_load_shows_no_error_that_sending_the_same_bytes_again_does_not_cure()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "rolling", payers: 3, accountsEach: 1);
        await using (var load = Load.Start(book, () => cluster.Answering))
        {
            await load.MoreAsync(30);
            foreach (var old in cluster.Silos.ToArray())
            {
                await cluster.AddSiloAsync();
                old.Terminate();
                Assert.Equal(0, await old.WaitForExitAsync(StopMax));
                cluster.Forget();
                await load.MoreAsync(30);
            }
        }

        await Load.CheckAsync(book, cluster.Silos[0]);
    }

    /// <summary>Asks the silo that woke up itself, for as long as it answers: a current read must not be older than what others were told before.</summary>
    private static async Task RequireNothingStaleAsync(SiloProcess woken, Book book, ulong head)
    {
        var client = woken.Http;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(20) && !woken.HasExited;)
        {
            try
            {
                using var answer = await client.GetAsync($"v1/chains/{book.Chain}?current=true");
                if (answer.IsSuccessStatusCode)
                {
                    var json = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
                    var height = ulong.Parse(json["height"]!.GetValue<string>(), CultureInfo.InvariantCulture);
                    Assert.True(height >= head, $"a silo that lost its chain said it is at {height}, it was at {head} before it was asked");
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException)
            {
                return;
            }
        }
    }
}
