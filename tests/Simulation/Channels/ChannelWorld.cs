using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;
using static Actors.Simulation.SimException;

namespace Actors.Simulation.Channels;

/// <summary>
/// Two to five chains in a random graph of channels (some joined twice), an asset of its own on each, and routes on which it goes up to three hops
/// away. Founded while nothing goes wrong.
/// </summary>
internal sealed class ChannelWorld
{
    private const int HopsMax = 3;
    private const long Funds = 100_000;
    private readonly Random _random;

    public ChannelWorld(Random random, Func<string, ChannelChain> create)
    {
        _random = random;
        Chains = [.. Enumerable.Range(0, random.Next(2, 6)).Select(i => create($"chain-{i}"))];
        Chains.ForEach(chain => chain.Recover(new SimFaults()));
        for (var i = 1; i < Chains.Count; i++)
        {
            Join(Chains[random.Next(i)], Chains[i]);
        }

        for (var more = random.Next(3); more > 0; more--)
        {
            var pair = Chains.OrderBy(_ => random.Next()).Take(2).ToList();
            Join(pair[0], pair[1]);
        }

        Chains.ForEach(OpenWays);
    }

    public List<ChannelChain> Chains { get; }

    public List<ChannelLink> Links { get; } = [];

    public List<ChannelWay> Ways { get; } = [];

    /// <summary>One each way over each link.</summary>
    public List<SimRelay> Relays { get; } = [];

    /// <summary>A message that is delivered at once, and must be taken.</summary>
    public static void Carry(SimRelay relay)
    {
        while (relay.Carry(relay.From.Writers[0], relay.To.Writers[0]) is { } message)
        {
            var submission = relay.To.Deliver(relay.To.Writers[0], message);
            relay.To.Settle();
            relay.LastAnswer = submission.Answer.IsCompletedSuccessfully ? $"{submission.Answer.Result}" : $"{submission.Answer.Exception?.InnerException}";
        }
    }

    private void Join(ChannelChain a, ChannelChain b)
    {
        var (peerOnA, peerOnB) = (Know(a, b), Know(b, a));
        var (ofA, ofB) = ((uint)a.State.Channels.Count + 1, (uint)b.State.Channels.Count + 1);
        a.Do(new OpenChannel(EntityReference.Numbered(peerOnA), (uint)_random.Next(3, 20)));
        b.Do(new OpenChannel(EntityReference.Numbered(peerOnB), (uint)_random.Next(3, 20), ofA));
        var (there, back) = (new SimRelay(b, ofB, a, ofA), new SimRelay(a, ofA, b, ofB));
        Carry(there, a, ofA, b, peerOnA);
        Carry(back);
        Require(a.State.Channels[ofA].Standing == "open" && b.State.Channels[ofB].Standing == "open", () => $"the channel between {a} and {b} is not open");
        Relays.AddRange([there, back]);
        Links.Add(new ChannelLink(a, ofA, b, ofB));
    }

    // The first side does not know the other's channel before it is shown it, so the relay is told.
    private static void Carry(SimRelay relay, ChannelChain a, uint ofA, ChannelChain b, ulong peer)
    {
        Require(a.State.Peers[peer].Genesis == b.Genesis.Hash && ofA > 0, () => $"{a} does not know {b}");
        Carry(relay);
    }

    private static ulong Know(ChannelChain chain, ChannelChain other)
    {
        if (!chain.State.Peers.Values.Any(peer => peer.Genesis == other.Genesis.Hash))
        {
            chain.Do(new OpenPeer(ChainId.Parse(other.Name), other.Genesis));
        }

        return chain.State.Peers.First(peer => peer.Value.Genesis == other.Genesis.Hash).Key;
    }

    private void OpenWays(ChannelChain home)
    {
        var one = EntityReference.Numbered(1);
        home.Do(new CreateAsset(one, 2, "OWN"));
        var asset = (ulong)home.State.Assets.Count;
        home.Do(new OpenAccounts(one, EntityReference.Numbered(asset), 1, AccountLimits.NoFloor));
        var mint = (ulong)home.State.Accounts.Count;
        home.Do(new OpenAccounts(one, EntityReference.Numbered(asset), 3));
        home.Do([.. Enumerable.Range(1, 3).Select(i => (IOperation)new Transfer(Account(mint), Account(mint + (ulong)i), Funds))]);
        for (var walks = _random.Next(1, 3); walks > 0; walks--)
        {
            Walk(home, asset);
        }
    }

    private void Walk(ChannelChain home, ulong asset)
    {
        var at = home;
        for (var hop = 0; hop < HopsMax; hop++)
        {
            // Not back over the channel that it came by, and not twice over the same.
            var next = Links.Where(link => (link.A == at || link.B == at) && !at.State.Routes.Values.Any(route => (route.Channel, route.Asset) == (link.Of(at), asset))).ToList();
            if (next.Count == 0)
            {
                return;
            }

            var link = next[_random.Next(next.Count)];
            (at, asset) = (link.Other(at), OpenWay(link, at, asset));
            Sometimes.Happened(hop > 0, "a route went on over a further hop");
        }
    }

    /// <summary>Opens both sides of a route and accounts for the voucher; gives the voucher's number.</summary>
    private ulong OpenWay(ChannelLink link, ChannelChain home, ulong asset)
    {
        var away = link.Other(home);
        home.Do(new OpenRoute(EntityReference.Numbered(link.Of(home)), EntityReference.Numbered(asset)));
        away.Do(new OpenRoute(EntityReference.Numbered(link.Of(away)), default, new Voucher((uint)asset, 2, $"V{away.State.Assets.Count}")));
        var voucher = (ulong)away.State.Assets.Count;
        away.Do(new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(voucher), 3));
        Ways.Add(new ChannelWay(link, home, (ulong)home.State.Routes.Count, (ulong)away.State.Routes.Count));
        return voucher;
    }

    private static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));
}
