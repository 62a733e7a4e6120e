using System.Diagnostics;
using Actors.ClusterTests.Programs;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;

namespace Actors.ClusterTests.Channels;

/// <summary>Two chains on two silos, home and away, with a channel and a route for home's asset.</summary>
internal sealed class ClusterPair(TestChain home, TestChain away) : IDisposable
{
    private const int PlacesMax = 12;
    private const uint InFlightMax = 10_000;
    private static readonly TimeSpan SettledMax = TimeSpan.FromSeconds(150);

    public TestChain Home => home;

    public TestChain Away => away;

    /// <summary>Home's account that holds what is away.</summary>
    public static ulong Escrow => 12;

    /// <summary>Away's account that issues the voucher.</summary>
    public static ulong Issuer => 12;

    /// <summary>Away's account that holds it.</summary>
    public static ulong Holder => 13;

    /// <summary>Chains are placed at random: away is made again until it is on another silo than home.</summary>
    public static async Task<ClusterPair> CreateAsync(TestCluster cluster, string name)
    {
        var gateway = cluster.Silos[0];
        var home = await TestChain.CreateAsync(gateway, $"{name}-home");
        for (var place = 0; place < PlacesMax; place++)
        {
            var away = await TestChain.CreateAsync(gateway, $"{name}-away-{place}");
            if (away.Host(cluster) == home.Host(cluster))
            {
                away.Dispose();
                continue;
            }

            var pair = new ClusterPair(home, away);
            await pair.OpenAsync(gateway);
            return pair;
        }

        throw new InvalidOperationException($"of {PlacesMax} chains none came to another silo");
    }

    public Send Out(long amount, ulong? recipient = null, Timestamp? timeout = null) =>
        new(TestChain.Account(2), new AccountNumber(Escrow), new AccountNumber(recipient ?? Holder), amount, timeout ?? TestChain.In(TimeSpan.FromHours(1)));

    public Send Back(long amount) =>
        new(TestChain.Account(Holder), new AccountNumber(Issuer), new AccountNumber(2), amount, TestChain.In(TimeSpan.FromHours(1)));

    /// <summary>Waits until all that either side sent is acknowledged or refunded.</summary>
    public async Task SettleAsync(IGrainFactory grains)
    {
        foreach (var side in new[] { home, away })
        {
            for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50))
            {
                try
                {
                    if (await side.PositionAsync(grains) is var position && position.Settled == position.Sent)
                    {
                        break;
                    }

                    Assert.True(watch.Elapsed < SettledMax, $"{side.Id}: {position.Sent} sent and {position.Settled} settled after {watch.Elapsed.TotalSeconds:0} s");
                }
                catch (Exception fault) when (watch.Elapsed < SettledMax && fault is Grains.Faults.LedgerFaultException or Orleans.Runtime.OrleansException or TimeoutException)
                {
                    // The chain is on its way to another silo.
                }
            }
        }
    }

    /// <summary>What is away is in escrow and nothing else is, and no minor unit came or went.</summary>
    public async Task RequireConservedAsync(SiloProcess gateway, long awayNow)
    {
        Assert.Equal(
            (awayNow, -awayNow, awayNow, TestChain.Funds - awayNow),
            (await home.PostedAsync(gateway, Escrow), await away.PostedAsync(gateway, Issuer), await away.PostedAsync(gateway, Holder), await home.PostedAsync(gateway, 2)));
    }

    public void Dispose()
    {
        home.Dispose();
        away.Dispose();
    }

    private async Task OpenAsync(SiloProcess gateway)
    {
        await home.CommitAsync(gateway, new OpenPeer(away.Id, away.Genesis), new OpenChannel(EntityReference.Created(0), InFlightMax));
        await away.CommitAsync(gateway, new OpenPeer(home.Id, home.Genesis), new OpenChannel(EntityReference.Created(0), InFlightMax, 1));
        await away.CommitAsync(gateway, new OpenRoute(EntityReference.Numbered(1), default, new Voucher(1, 2, "HOME.EUR")));
        await away.CommitAsync(gateway, new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(2), 1));
        await home.CommitAsync(gateway, new OpenRoute(EntityReference.Numbered(1), EntityReference.Numbered(1)));
    }
}
