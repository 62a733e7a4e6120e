using System.Diagnostics;
using Actors.ClusterTests.Callers;
using Actors.ClusterTests.Programs;
using Actors.Grains.Channels;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Operations;
using Actors.ProcessTests.Programs;

namespace Actors.ClusterTests.Channels;

/// <summary>Channels between chains on different silos, carried by the cluster itself.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ChannelTests(TestCluster cluster)
{
    private static readonly TimeSpan OpenedMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RefundedMax = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Value_crosses_between_chains_on_two_silos_comes_home_and_all_of_it_is_settled()
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var pair = await OpenAsync(caller, "cross");
        var gateway = cluster.Silos[0];

        await pair.Home.CommitAsync(gateway, pair.Out(700), pair.Out(5));
        await pair.SettleAsync(caller.Grains);
        await pair.RequireConservedAsync(gateway, 705);

        await pair.Away.CommitAsync(gateway, pair.Back(300));
        await pair.SettleAsync(caller.Grains);
        await pair.RequireConservedAsync(gateway, 405);
        Assert.NotEqual(pair.Home.Host(cluster).Name, pair.Away.Host(cluster).Name);
        await RequireAuditedAsync(pair);
    }

    [Fact]
    public async Task What_the_other_chain_does_not_accept_or_does_not_take_in_time_comes_back()
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var pair = await OpenAsync(caller, "refund");
        var gateway = cluster.Silos[0];

        await pair.Home.CommitAsync(gateway, pair.Out(700, recipient: 999), pair.Out(5));
        await pair.SettleAsync(caller.Grains);
        await pair.RequireConservedAsync(gateway, 5);

        await pair.Away.CommitAsync(gateway, new PauseChannel(EntityReference.Numbered(1)));
        await pair.Home.CommitAsync(gateway, pair.Out(1_000, timeout: TestChain.In(TimeSpan.FromSeconds(3))), pair.Out(20));
        for (var watch = Stopwatch.StartNew(); await pair.Home.PostedAsync(gateway, 2) != TestChain.Funds - 25; await Task.Delay(100))
        {
            Assert.True(watch.Elapsed < RefundedMax, "what timed out did not come back");
        }

        await pair.Away.CommitAsync(gateway, new PauseChannel(EntityReference.Numbered(1), Resume: true));
        await pair.SettleAsync(caller.Grains);
        await pair.RequireConservedAsync(gateway, 25);
    }

    [Theory]
    [InlineData("away")]
    [InlineData("home")]
    public async Task Packets_in_flight_when_the_silo_of_one_chain_is_killed_are_all_settled_and_none_twice(string killed)
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var pair = await OpenAsync(caller, $"kill-{killed}");
        var victim = (killed == "home" ? pair.Home : pair.Away).Host(cluster);
        var gateway = cluster.Silos.First(silo => silo != victim);
        await pair.Home.CommitAsync(gateway, pair.Out(100_000));
        await pair.SettleAsync(caller.Grains);

        using var stop = new CancellationTokenSource();
        var (sentOut, sentBack) = (0L, 0L);
        var payers = Enumerable.Range(0, 4).Select(payer => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (payer % 2 == 0)
                {
                    await pair.Home.CommitAsync(gateway, pair.Out(3), pair.Out(4));
                    Interlocked.Add(ref sentOut, 7);
                }
                else
                {
                    await pair.Away.CommitAsync(gateway, pair.Back(1));
                    Interlocked.Add(ref sentBack, 1);
                }
            }
        })).ToArray();

        await UntilAsync(() => Interlocked.Read(ref sentOut) > 140 && Interlocked.Read(ref sentBack) > 20);
        victim.Kill();
        var (before, beforeBack) = (Interlocked.Read(ref sentOut), Interlocked.Read(ref sentBack));
        await UntilAsync(() => Interlocked.Read(ref sentOut) > before + 70 && Interlocked.Read(ref sentBack) > beforeBack + 10);
        await stop.CancelAsync();
        await Task.WhenAll(payers);

        await pair.SettleAsync(caller.Grains);
        await pair.RequireConservedAsync(gateway, 100_000 + sentOut - sentBack);
        await RequireAuditedAsync(pair, gateway);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Packets_that_were_on_their_way_when_silos_died_are_settled_though_nobody_calls_any_more(bool bothDie)
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var pair = await OpenAsync(caller, bothDie ? "both-die" : "one-dies");
        var (host, victim) = (pair.Home.Host(cluster), pair.Away.Host(cluster));
        var gateway = cluster.Silos.First(silo => silo != victim && silo != host);

        // A paused silo takes no packets: they are unsettled, whatever comes first.
        victim.Pause();
        await pair.Home.CommitAsync(host, pair.Out(40));
        var sent = cluster.HeightInStore(pair.Home.Id.Value);
        victim.Kill();
        if (bothDie)
        {
            host.Kill();
        }

        // A block of home that nobody asked for: the acknowledgement.
        await UntilAsync(() => cluster.HeightInStore(pair.Home.Id.Value) > sent);
        await pair.SettleAsync(caller.Grains);
        await pair.RequireConservedAsync(gateway, 40);
    }

    [Fact]
    public async Task Two_relays_of_one_channel_at_once_do_no_harm()
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var pair = await OpenAsync(caller, "twice");
        var gateway = cluster.Silos[0];
        using var stop = new CancellationTokenSource();
        var second = Task.Run(async () =>
        {
            var ends = new[] { End(caller, pair.Home), End(caller, pair.Away) };
            var relay = new Engine.Relays.ChannelRelay(ends[0], ends[1], Engine.Clocks.SystemClock.Instance);
            for (var byHome = true; !stop.IsCancellationRequested; byHome = !byHome)
            {
                await relay.WakeAsync(byHome, Engine.Relays.RelayWake.Unsettled, TimeSpan.FromSeconds(10));
            }
        });

        for (var i = 0; i < 60; i++)
        {
            await pair.Home.CommitAsync(gateway, pair.Out(3), pair.Out(4));
        }

        await pair.SettleAsync(caller.Grains);
        await stop.CancelAsync();
        await second;
        await pair.RequireConservedAsync(gateway, 420);
    }

    private static Engine.Relays.ChannelEnd End(OrleansCaller caller, TestChain chain) => new(
        new GrainRelayEnd(chain.Genesis, caller.Grains.GetGrain<Grains.IChainGrain>(chain.Id.Value), caller.Grains.GetGrain<IRelayGrain>(chain.Id.Value)), 1);

    private async Task<ClusterPair> OpenAsync(OrleansCaller caller, string name)
    {
        var pair = await ClusterPair.CreateAsync(cluster, name);
        var watch = Stopwatch.StartNew();
        while ((await pair.Home.PositionAsync(caller.Grains)).State != ChannelState.Open || (await pair.Away.PositionAsync(caller.Grains)).State != ChannelState.Open)
        {
            Assert.True(watch.Elapsed < OpenedMax, "the two sides did not hear of each other");
            await Task.Delay(50);
        }

        return pair;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(50))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(150), "expected it to happen within 150 s");
        }
    }

    private async Task RequireAuditedAsync(ClusterPair pair, SiloProcess? gateway = null)
    {
        foreach (var chain in new[] { pair.Home, pair.Away })
        {
            await ActorsCommand.SucceedAsync("audit", "--node", (gateway ?? cluster.Silos[0]).Address.ToString(), "--chain", chain.Id.Value, "--genesis", chain.Genesis.Hash.ToString());
        }
    }
}
