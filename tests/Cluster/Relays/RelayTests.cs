using System.Diagnostics;
using Actors.ClusterTests.Channels;
using Actors.ClusterTests.Programs;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;
using Actors.ProcessTests.Relays;

namespace Actors.ClusterTests.Relays;

/// <summary>A chain of the cluster and one of a single node that shares nothing with it, joined by <c>actors relay</c> through one of the cluster's gateways.</summary>
[Collection(ClusterCollection.Name)]
public sealed class RelayTests(TestCluster cluster)
{
    private const long Funds = 1_000_000;
    private const uint InFlightMax = 10_000;

    // Of the single node: issuer, escrow, holder.
    private const ulong Escrow = 2;
    private const ulong Holder = 3;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan OpenedMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SettledMax = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task Value_crosses_both_ways_and_is_acknowledged_though_the_silo_of_the_clusters_chain_is_killed()
    {
        await cluster.EnsureSilosAsync(3);
        using var home = new Side("lone");
        await home.StartAsync();
        await home.CreateAsync();
        using var away = await TestChain.CreateAsync(cluster.Silos[0], "relayed");
        var (victim, gateway) = cluster.Around(away.Id.Value);
        using var relay = await JoinAsync(home, away, gateway);

        await SendAsync(home, 5);
        await SettledAsync(home, away, gateway, relay);
        await RequireConservedAsync(home, away, gateway, 5);

        for (var batch = 0; batch < 20; batch++)
        {
            await SendAsync(home, 3, 4);
            if (batch == 10)
            {
                victim.Kill();
            }
        }

        await SettledAsync(home, away, gateway, relay);
        await RequireConservedAsync(home, away, gateway, 145);

        await away.CommitAsync(gateway, new Send(TestChain.Account(ClusterPair.Holder), new AccountNumber(ClusterPair.Issuer), new AccountNumber(Holder), 45, TestChain.In(Hour)));
        await SettledAsync(home, away, gateway, relay);
        await RequireConservedAsync(home, away, gateway, 100);
        Assert.True(await relay.InterruptAsync() == 0, relay.Said);
    }

    /// <summary>Opens the channel from both sides, with a route for the single node's euros, and starts the relay that carries over it.</summary>
    private static async Task<RelayProcess> JoinAsync(Side home, TestChain away, SiloProcess gateway)
    {
        await home.CommitAsync(new OpenPeer(away.Id, away.Genesis), new OpenChannel(EntityReference.Created(0), InFlightMax));
        await away.CommitAsync(gateway, new OpenPeer(home.Chain, home.Genesis), new OpenChannel(EntityReference.Created(0), InFlightMax, 1));
        var relay = new RelayProcess(
            "relay", "--from", home.Address, "--to", gateway.Address.ToString(), "--from-api-key", "@" + home.TokenFile, "--to-api-key", "@" + gateway.TokenFile, "--to-chain", away.Id.Value);
        for (var watch = Stopwatch.StartNew(); await home.PositionAsync() is not { State: "open" } || await PositionAsync(away, gateway) is not { State: "open" }; await Task.Delay(100))
        {
            Assert.True(watch.Elapsed < OpenedMax, $"the two sides did not hear of each other: {relay.Said}");
        }

        await home.CommitAsync(
            new CreateAsset(EntityReference.Numbered(1), 2, "EUR"),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1, AccountLimits.NoFloor),
            new OpenRoute(EntityReference.Numbered(1), EntityReference.Created(0)),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1));
        await home.CommitAsync(new Transfer(TestChain.Account(1), TestChain.Account(Holder), Funds));
        await away.CommitAsync(gateway, new OpenRoute(EntityReference.Numbered(1), default, new Voucher(1, 2, "LONE.EUR")));
        await away.CommitAsync(gateway, new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(2), 1));
        return relay;
    }

    private static Task SendAsync(Side home, params long[] amounts) => home.CommitAsync(
        [.. amounts.Select(amount => (IOperation)new Send(TestChain.Account(Holder), new AccountNumber(Escrow), new AccountNumber(ClusterPair.Holder), amount, TestChain.In(Hour)))]);

    private static async Task SettledAsync(Side home, TestChain away, SiloProcess gateway, RelayProcess relay)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            var (here, there) = (await home.PositionAsync(), await PositionAsync(away, gateway));
            if (here.Settled == here.Sent && there.Settled == there.Sent)
            {
                return;
            }

            Assert.True(watch.Elapsed < SettledMax, $"home {here}, away {there}: {relay.Said}");
        }
    }

    private static async Task<Cli.Client.RelayPositionAnswer> PositionAsync(TestChain chain, SiloProcess gateway) =>
        (await gateway.Client(SettledMax).FindRelayPositionAsync(chain.Id, 1, default))!;

    private static async Task RequireConservedAsync(Side home, TestChain away, SiloProcess gateway, long awayNow) => Assert.Equal(
        (awayNow, -awayNow, awayNow, Funds - awayNow),
        (await away.PostedAsync(gateway, ClusterPair.Holder), await away.PostedAsync(gateway, ClusterPair.Issuer), await home.PostedAsync(Escrow), await home.PostedAsync(Holder)));
}
