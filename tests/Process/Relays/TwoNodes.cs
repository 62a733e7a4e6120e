using System.Globalization;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Relays;

/// <summary>
/// Two gateways in processes of their own, home and away, with an open channel and a route for home's euros, joined by nothing but <c>actors relay</c>.
/// </summary>
internal sealed class TwoNodes : IDisposable
{
    public const long Funds = 10_000_000;
    public const ulong Holder = 3;
    public const ulong Recipient = 2;
    private const ulong Escrow = 2;
    private const ulong Issuer = 1;
    private const int LooksMax = 2_400;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private TwoNodes(bool asOne)
    {
        Home = new Side("home");
        Away = asOne ? new Side("away", Home) : new Side("away");
    }

    public Side Home { get; }

    public Side Away { get; }

    public static async Task<TwoNodes> StartAsync()
    {
        var nodes = new TwoNodes(asOne: false);
        await Task.WhenAll(nodes.Home.StartAsync(), nodes.Away.StartAsync());
        await nodes.OpenAsync(() => nodes.RelayOnceAsync());
        return nodes;
    }

    /// <summary>Both chains on one node, which joins them itself.</summary>
    public static async Task<TwoNodes> StartAsOneAsync()
    {
        var nodes = new TwoNodes(asOne: true);
        await nodes.Home.StartAsync();
        await nodes.OpenAsync(() => UntilAsync(async () => await nodes.Home.PositionAsync() is { State: "open" } && await nodes.Away.PositionAsync() is { State: "open" } ? null : "the channel is not open"));
        return nodes;
    }

    public string[] RelayArguments(params string[] more) => RelayArguments(Home.Address, Away.Address, more);

    public string[] RelayArguments(string from, string to, params string[] more) =>
        ["relay", "--from", from, "--to", to, "--from-api-key", "@" + Home.TokenFile, "--to-api-key", "@" + Away.TokenFile, .. more];

    public Task<ActorsCommand> RelayOnceAsync(params string[] more) => ActorsCommand.SucceedAsync([.. RelayArguments(more), "--once"]);

    public static Send Out(long amount, int timeoutMs = 3_600_000, ulong recipient = Recipient) =>
        new(AccountReference.Numbered(new AccountNumber(Holder)), new AccountNumber(Escrow), new AccountNumber(recipient), amount, In(timeoutMs));

    public static Send Back(long amount) =>
        new(AccountReference.Numbered(new AccountNumber(Recipient)), new AccountNumber(Issuer), new AccountNumber(Holder), amount, In(3_600_000));

    /// <summary>Waits until everything sent from either side is settled.</summary>
    public async Task SettledAsync() => await UntilAsync(async () =>
    {
        foreach (var side in new[] { Home, Away })
        {
            var position = await side.PositionAsync();
            if (position.Settled != position.Sent)
            {
                return $"{side.Chain} has {position.Settled.ToString(CultureInfo.InvariantCulture)} of {position.Sent.ToString(CultureInfo.InvariantCulture)} packets settled";
            }
        }

        return null;
    });

    /// <summary>Waits until nothing is missing any more, which is said in a sentence.</summary>
    public static async Task UntilAsync(Func<Task<string?>> missing)
    {
        for (var looks = 1; await missing() is { } still; looks++)
        {
            Assert.True(looks < LooksMax, $"{still}, {looks} times");
            await Task.Delay(LookEvery);
        }
    }

    /// <summary>So much is away, no more and no less, on both sides.</summary>
    public async Task HoldsAwayAsync(long amount)
    {
        Assert.Equal(amount, await Away.PostedAsync(Recipient));
        Assert.Equal(-amount, await Away.PostedAsync(Issuer));
        Assert.Equal(amount, await Home.PostedAsync(Escrow));
        Assert.Equal(Funds - amount, await Home.PostedAsync(Holder));
    }

    public void Dispose()
    {
        Home.Dispose();
        Away.Dispose();
    }

    private async Task OpenAsync(Func<Task> join)
    {
        await Home.CreateAsync();
        await Away.CreateAsync();
        await Home.CommitAsync(new OpenPeer(Away.Chain, Away.Genesis), new OpenChannel(EntityReference.Created(0), 100_000));
        await Away.CommitAsync(new OpenPeer(Home.Chain, Home.Genesis), new OpenChannel(EntityReference.Created(0), 100_000, 1));
        await join();
        await Home.CommitAsync(
            new CreateAsset(EntityReference.Numbered(1), 2, "EUR"),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1, AccountLimits.NoFloor),
            new OpenRoute(EntityReference.Numbered(1), EntityReference.Created(0)),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1));
        await Home.CommitAsync(new Transfer(AccountReference.Numbered(new AccountNumber(1)), AccountReference.Numbered(new AccountNumber(Holder)), Funds));
        await Away.CommitAsync(new OpenRoute(EntityReference.Numbered(1), default, new Voucher(1, 2, "HOME.EUR")));
        await Away.CommitAsync(new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(1), 1));
    }

    private static Timestamp In(int milliseconds) => new((ulong)(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + milliseconds));
}
