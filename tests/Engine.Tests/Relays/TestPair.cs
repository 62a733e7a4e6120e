using Actors.Engine.Clocks;
using Actors.Engine.Relays;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;

namespace Actors.Engine.Tests.Relays;

/// <summary>
/// Two chains of one node, home and away, with a channel and a route for home's EUR. Account 2 of home holds it; <see cref="Holder"/> is away's
/// account for the voucher.
/// </summary>
internal sealed class TestPair
{
    public const string HomeName = "home";
    public const string AwayName = "away";
    public const long Funds = 1_000_000;

    private TestPair(TestBook home, TestBook away) => (Home, Away) = (home, away);

    public TestBook Home { get; private set; }

    public TestBook Away { get; private set; }

    public ulong Escrow { get; private set; }

    public ulong Issuer { get; private set; }

    public ulong Holder { get; private set; }

    public static Task<TestPair> CreateAsync(TestNode node, uint inFlightMax = 10_000) => CreateAsync(node, node, inFlightMax);

    /// <summary>Chains of two nodes that share nothing: whoever wants something carried carries it.</summary>
    public static async Task<TestPair> CreateAsync(TestNode homeNode, TestNode awayNode, uint inFlightMax = 10_000)
    {
        var pair = new TestPair(await homeNode.CreateAsync(chain: HomeName), await awayNode.CreateAsync(chain: AwayName));
        await pair.Home.CommitAsync(TestBook.Move(1, 2, Funds));
        await pair.Home.CommitAsync(new OpenPeer(ChainId.Parse(AwayName), pair.Away.Chain.Genesis), new OpenChannel(EntityReference.Created(0), inFlightMax));
        await pair.Away.CommitAsync(new OpenPeer(ChainId.Parse(HomeName), pair.Home.Chain.Genesis), new OpenChannel(EntityReference.Created(0), inFlightMax, 1));
        if (homeNode != awayNode)
        {
            await CarryAsync(pair.Away, pair.Home);
            await CarryAsync(pair.Home, pair.Away);
        }

        await pair.OpenedAsync();
        await pair.Home.CommitAsync(new OpenRoute(EntityReference.Numbered(1), EntityReference.Numbered(1)));
        await pair.Away.CommitAsync(new OpenRoute(EntityReference.Numbered(1), default, new Voucher(1, 2, "HOME.EUR")));
        await pair.Away.CommitAsync(new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(2), 1));
        pair.Escrow = 12;
        pair.Issuer = 12;
        pair.Holder = 13;
        return pair;
    }

    /// <summary>The same chains after the node was started again.</summary>
    public async Task ReopenAsync(TestNode node) => (Home, Away) = (await node.FindAsync(HomeName), await node.FindAsync(AwayName));

    /// <summary>Carries all that one side has for the other.</summary>
    public static async Task CarryAsync(TestBook from, TestBook to)
    {
        var run = await new RelayCarrier((IRelayEnd)from.Chain, 1, (IRelayEnd)to.Chain, 1, SystemClock.Instance).CarryAsync(TimeSpan.Zero, default);
        Assert.Equal(RelayEnd.NothingLeft, run.End);
    }

    public Send Out(long amount, ulong? recipient = null) =>
        new(TestBook.Account(2), new AccountNumber(Escrow), new AccountNumber(recipient ?? Holder), amount, Later());

    public Send Back(long amount) => new(TestBook.Account(Holder), new AccountNumber(Issuer), new AccountNumber(2), amount, Later());

    /// <summary>Waits until everything sent from a side is settled.</summary>
    public static async Task SettledAsync(TestBook side)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var height = (await side.Chain.GetStatusAsync(false, deadline.Token)).Height;
            if (await ((IRelayEnd)side.Chain).GetRelayPositionAsync(1, deadline.Token) is { } position && position.Settled == position.Sent)
            {
                return;
            }

            await side.Chain.WaitForBlockAsync(height, deadline.Token);
        }
    }

    private async Task OpenedAsync()
    {
        foreach (var side in new[] { Home, Away })
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (true)
            {
                var height = (await side.Chain.GetStatusAsync(false, deadline.Token)).Height;
                if (await ((IRelayEnd)side.Chain).GetRelayPositionAsync(1, deadline.Token) is { Cursor.IsConfirmed: true })
                {
                    break;
                }

                await side.Chain.WaitForBlockAsync(height, deadline.Token);
            }
        }
    }

    private static Timestamp Later() => new((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 3_600_000);
}
