using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Simulation.Channels;

/// <summary>What the clients and the operator of one chain sign: sends of all kinds, and what makes sends and refunds go wrong.</summary>
internal sealed class ChannelTraffic(Random random, ChannelWorld world, SimKeys keys)
{
    private const int SkewMsMax = 3_000;
    private const ulong Missing = 99_999;

    public void Submit(ChannelChain chain)
    {
        var writer = chain.Writer;
        var dice = random.Next(100);
        IReadOnlyList<IOperation> operations = dice switch
        {
            < 55 => Sends(chain),
            < 60 => Message(chain),
            < 68 => Deliver(chain),
            < 73 => Agree(chain),
            < 78 => Freeze(chain),
            < 81 => Cap(chain),
            < 84 => SendAllAndClose(chain),
            < 87 => OpenMore(chain),
            < 92 => Pause(chain),
            < 95 => Limit(chain),
            < 97 => [new ChangeSealingKey(keys.All[random.Next(keys.All.Count)])],
            < 98 => ToEscrow(chain),
            _ => Move(chain),
        };
        if (operations.Count > 0)
        {
            chain.Sign(writer, operations.Count > 1 && dice < 55 ? TransactionKind.Bulk : TransactionKind.Atomic, operations);
        }
    }

    private List<IOperation> Sends(ChannelChain chain)
    {
        var sends = new List<IOperation>();
        for (var count = random.Next(1, 7); count > 0 && FundedWayOf(chain) is { } way; count--)
        {
            var isLast = count == 1;
            var send = Sending(chain, way);
            sends.Add(!isLast && random.Next(6) == 0 && sends.Count > 0 ? send with { Linked = true } : send);
        }

        if (sends.Count > 0 && sends[^1] is Send { Linked: true } last)
        {
            sends[^1] = last with { Linked = false };
        }

        return sends;
    }

    private Send Sending(ChannelChain chain, ChannelWay way)
    {
        var peer = way.Link.Other(chain);
        var route = chain.State.Routes[way.On(chain)];
        Sometimes.Happened(route.IsVoucher, "a voucher was sent home");
        Sometimes.Happened(!route.IsVoucher && chain.State.Routes.Values.Any(other => other.Asset == route.Asset && other.IsVoucher), "a voucher was sent on");
        return new Send(
            Account(Funded(chain.State, route.Asset)),
            new AccountNumber(route.Account),
            new AccountNumber(Recipient(peer.State, peer.State.Routes[way.On(peer)])),
            random.Next(1, random.Next(20) == 0 ? 90_000 : 900),
            Timeout(peer),
            Memo: random.Next(4) == 0 ? new byte[] { 1, 2, 3 } : default(ReadOnlyMemory<byte>),
            Peer: random.Next(10) == 0 ? peer.Genesis.Hash : null);
    }

    /// <summary>Soon, so that it races with the receipt; a while ahead; and sometimes past.</summary>
    private Timestamp Timeout(ChannelChain peer) => new(peer.Clock.UnixMs + (random.Next(10) switch
    {
        0 => (ulong)random.Next(1, SkewMsMax),
        < 3 => (ulong)random.Next(SkewMsMax, 20_000),
        _ => (ulong)random.Next(100_000, 900_000),
    }));

    private ulong Recipient(NaiveState state, NaiveRoute route) => random.Next(14) switch
    {
        0 => Missing,
        1 => (ulong)random.Next(1, state.Accounts.Count + 1),
        2 => route.Account,
        _ => Any(state, route.Asset),
    };

    private IReadOnlyList<IOperation> Message(ChannelChain chain)
    {
        var link = LinkOf(chain);
        var handler = random.Next(3) > 0 ? "note" : "nobody";
        return [new SendMessage(Account(1 + (ulong)random.Next(chain.State.Accounts.Count)), EntityReference.Numbered(link.Of(chain)), handler, new byte[random.Next(50)], Timeout(link.Other(chain)))];
    }

    /// <summary>A payment on this chain that a delivery from the peer decides.</summary>
    private IReadOnlyList<IOperation> Agree(ChannelChain chain)
    {
        if (WayOf(chain) is not { } way)
        {
            return [];
        }

        var (peer, route) = (way.Link.Other(chain), chain.State.Routes[way.On(chain)]);
        var money = chain.State.Accounts.Where(entry => !entry.Value.System && entry.Value.Posted > 0).Select(entry => entry.Key).Order().ToList();
        if (money.Count == 0)
        {
            return [];
        }

        var debit = money[random.Next(money.Count)];
        return
        [
            new PendingDelivery(
                Account(debit),
                Account(Any(chain.State, chain.State.Accounts[debit].Asset)),
                random.Next(1, 500),
                new Timestamp(chain.Clock.UnixMs + (ulong)random.Next(5_000, 200_000)),
                new AccountNumber(route.Account),
                new AccountNumber(Funded(peer.State, peer.State.Routes[way.On(peer)].Asset)),
                random.Next(1, 300),
                Account(Any(chain.State, route.Asset))),
        ];
    }

    /// <summary>What some chain joined to this one waits for, and now and then not quite that.</summary>
    private IReadOnlyList<IOperation> Deliver(ChannelChain chain)
    {
        var link = LinkOf(chain);
        var peer = link.Other(chain);
        var agreed = peer.State.Pendings.Where(entry => entry.Value is { Delivery: not null, Standing: "open" }).OrderBy(entry => entry.Key).ToList();
        foreach (var (pending, wanted) in agreed)
        {
            var delivery = wanted.Delivery!;
            if (world.Ways.Find(way => way.Link == link && way.On(peer) == delivery.Route) is { } way && random.Next(4) > 0)
            {
                var route = chain.State.Routes[way.On(chain)];
                return
                [
                    new Send(
                        Account(delivery.Sender),
                        new AccountNumber(route.Account),
                        new AccountNumber(delivery.Recipient),
                        random.Next(6) == 0 ? delivery.Amount + 1 : delivery.Amount,
                        Timeout(peer),
                        new PendingNumber(random.Next(10) == 0 ? pending + 1 : pending)),
                ];
            }
        }

        return [];
    }

    private IReadOnlyList<IOperation> Freeze(ChannelChain chain)
    {
        var frozen = chain.State.Accounts.Where(entry => entry.Value.Frozen).Select(entry => entry.Key).Order().ToList();
        return frozen.Count > 1 || (frozen.Count == 1 && random.Next(2) == 0)
            ? [new Freeze(Account(frozen[random.Next(frozen.Count)]), Unfreeze: true)]
            : [new Freeze(Account(Ordinary(chain.State)))];
    }

    private IReadOnlyList<IOperation> Cap(ChannelChain chain)
    {
        var capped = chain.State.Accounts.Where(entry => entry.Value.Ceiling is not null).Select(entry => entry.Key).Order().ToList();
        return capped.Count > 1
            ? [new SetCeiling(Account(capped[0]), AccountLimits.NoCeiling)]
            : [new SetCeiling(Account(Ordinary(chain.State)), random.Next(1, 2_000))];
    }

    /// <summary>A sender who is gone when his refund comes.</summary>
    private IReadOnlyList<IOperation> SendAllAndClose(ChannelChain chain)
    {
        if (FundedWayOf(chain) is not { } way)
        {
            return [];
        }

        var send = Sending(chain, way);
        var posted = chain.State.Accounts[send.Debit.Value].Posted;
        return posted <= 0 ? [] : [send with { Amount = (long)posted, Recipient = new AccountNumber(random.Next(2) == 0 ? Missing : send.Recipient.Value) }, new Close(send.Debit)];
    }

    private IReadOnlyList<IOperation> OpenMore(ChannelChain chain) =>
        [new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered((ulong)random.Next(1, chain.State.Assets.Count + 1)), 1)];

    private IReadOnlyList<IOperation> Pause(ChannelChain chain) => [new PauseChannel(EntityReference.Numbered(LinkOf(chain).Of(chain)), Resume: random.Next(3) > 0)];

    private IReadOnlyList<IOperation> Limit(ChannelChain chain) => WayOf(chain) is { } way ? [new LimitRoute((uint)way.On(chain), random.Next(3) == 0 ? random.Next(60, 400) : 0)] : [];

    private IReadOnlyList<IOperation> ToEscrow(ChannelChain chain) => WayOf(chain) is { } way
        ? [new Transfer(Account(Any(chain.State, chain.State.Routes[way.On(chain)].Asset)), Account(chain.State.Routes[way.On(chain)].Account), 1)]
        : [];

    private IReadOnlyList<IOperation> Move(ChannelChain chain)
    {
        var debit = Ordinary(chain.State);
        return [new Transfer(Account(debit), Account(Any(chain.State, chain.State.Accounts[debit].Asset)), random.Next(1, 5_000))];
    }

    private ChannelWay? FundedWayOf(ChannelChain chain)
    {
        var ways = world.Ways.FindAll(way => (way.Home == chain || way.Away == chain)
            && chain.State.Accounts.Values.Any(account => account.Posted > 0 && !account.System && account.Asset == chain.State.Routes[way.On(chain)].Asset));
        return ways.Count == 0 ? null : ways[random.Next(ways.Count)];
    }

    private ChannelWay? WayOf(ChannelChain chain)
    {
        var ways = world.Ways.FindAll(way => way.Home == chain || way.Away == chain);
        return ways.Count == 0 ? null : ways[random.Next(ways.Count)];
    }

    private ChannelLink LinkOf(ChannelChain chain)
    {
        var links = world.Links.FindAll(link => link.A == chain || link.B == chain);
        return links[random.Next(links.Count)];
    }

    private ulong Ordinary(NaiveState state)
    {
        var accounts = state.Accounts.Where(entry => !entry.Value.System && entry.Value.Floor is not null).Select(entry => entry.Key).Order().ToList();
        return accounts[random.Next(accounts.Count)];
    }

    private ulong Funded(NaiveState state, ulong asset)
    {
        var accounts = state.Accounts.Where(entry => entry.Value.Asset == asset && !entry.Value.System && entry.Value.Posted > 0).Select(entry => entry.Key).Order().ToList();
        return accounts.Count == 0 ? Any(state, asset) : accounts[random.Next(accounts.Count)];
    }

    private ulong Any(NaiveState state, ulong asset)
    {
        var accounts = state.Accounts.Where(entry => entry.Value.Asset == asset && !entry.Value.System).Select(entry => entry.Key).Order().ToList();
        return accounts[random.Next(accounts.Count)];
    }

    private static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));
}
