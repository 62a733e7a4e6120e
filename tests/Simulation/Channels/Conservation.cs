using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Transactions;
using static Actors.Simulation.SimException;

namespace Actors.Simulation.Channels;

/// <summary>
/// What is in a route's escrow is out as vouchers or on its way, at every consistent cut: one height a chain such that neither light client holds
/// a header above the other's. And every packet has one end at most: credited to its recipient or given back to its sender.
/// </summary>
internal sealed class Conservation(IReadOnlyList<ChannelLink> links, IReadOnlyList<ChannelWay> ways)
{
    private readonly Dictionary<(ChannelChain From, ulong Channel, ulong Sequence), Outcome> _ends = [];
    private readonly Dictionary<ChannelChain, ulong> _looked = [];
    private readonly Dictionary<(ChannelWay Way, bool Outward), (NaiveChannel From, NaiveChannel To, Int128 Value)> _newest = [];

    /// <summary>Packets that were credited or given back so far.</summary>
    public int EndCount => _ends.Count;

    /// <summary>At the newest blocks of all chains, which are a consistent cut: a light client can only hold what was sealed.</summary>
    public void CheckNewest()
    {
        foreach (var chain in links.SelectMany(link => new[] { link.A, link.B }).Distinct())
        {
            NoteEnds(chain);
        }

        foreach (var way in ways.Where(way => !way.Link.IsAbandoned))
        {
            Check(way, way.Home.State, way.Away.State);
        }
    }

    /// <summary>At any earlier cut too.</summary>
    public void CheckEarlier(Random random)
    {
        var link = links[random.Next(links.Count)];
        var (heightA, heightB) = ((ulong)random.NextInt64((long)link.A.History.Height + 1), (ulong)random.NextInt64((long)link.B.History.Height + 1));
        var (a, b) = (link.A.History.StateAt(heightA), link.B.History.StateAt(heightB));
        if (!IsConsistent(a, link.B, heightB) || !IsConsistent(b, link.A, heightA) || link.IsAbandoned)
        {
            return;
        }

        foreach (var way in ways.Where(way => way.Link == link))
        {
            Sometimes.Happened("an earlier cut was checked");
            Check(way, way.Home == link.A ? a : b, way.Home == link.A ? b : a);
        }
    }

    /// <summary>Nothing is on its way any more: what is in escrow is out as vouchers.</summary>
    public void CheckDrained(IReadOnlyCollection<ChannelChain> living)
    {
        CheckNewest();
        foreach (var (chain, number) in links.SelectMany(link => new[] { (link.A, link.OfA), (link.B, link.OfB) }).Where(side => living.Contains(side.Item1)))
        {
            var channel = chain.State.Channels[number];
            for (var sequence = 1UL; sequence <= (ulong)channel.Sent.Count; sequence++)
            {
                var isMessage = channel.Sent[(int)sequence - 1].Packet.IsMessage;
                var at = sequence;
                Require(isMessage || _ends.ContainsKey((chain, number, sequence)), () => $"packet {at} of channel {number} on {chain} has no end");
            }
        }
    }

    private void NoteEnds(ChannelChain chain)
    {
        for (var height = _looked.GetValueOrDefault(chain) + 1; height <= chain.History.Height; height++)
        {
            var state = chain.History.StateAt(height);
            Sometimes.Happened(state.Effects.Any(effect => effect.Channel == 0), "a delivery was paid for");
            foreach (var effect in state.Effects.Where(effect => effect.Channel != 0))
            {
                Sometimes.Happened(effect.Outcome != Outcome.Committed && state.Accounts[effect.Credit].Frozen, "a refund went to a frozen sender");
                Sometimes.Happened(effect.Outcome != Outcome.Committed && state.Accounts[effect.Credit].Closed, "a refund went to a closed sender");
                var link = links.Single(link => (link.A == chain && link.OfA == effect.Channel) || (link.B == chain && link.OfB == effect.Channel));
                var key = effect.Outcome == Outcome.Committed
                    ? (link.Other(chain), link.Of(link.Other(chain)), effect.Sequence)
                    : (chain, effect.Channel, effect.Sequence);
                Require(_ends.TryAdd(key, effect.Outcome) || effect.Outcome == Outcome.ChannelAbandoned, () => $"packet {key} ended as {_ends[key]}, and now as {effect} in block {height} of {chain}");
                Sometimes.Happened(effect.Outcome == Outcome.Committed ? chain.State.Accounts[effect.Debit].Floor is null ? "a voucher was credited" : "value was credited at home" : $"a packet was given back: {effect.Outcome}");
            }
        }

        _looked[chain] = chain.History.Height;
    }

    private static bool IsConsistent(NaiveState state, ChannelChain peer, ulong height) =>
        state.Peers.Values.All(known => known.Genesis != peer.Genesis.Hash || known.Height <= height);

    private void Check(ChannelWay way, NaiveState home, NaiveState away)
    {
        if (!home.Routes.TryGetValue(way.AtHome, out var escrow) || !away.Routes.TryGetValue(way.AtAway, out var voucher))
        {
            return;
        }

        var (held, issued) = (home.Accounts[escrow.Account].Posted, -away.Accounts[voucher.Account].Posted);
        var (atHome, atAway) = (home.Channels[way.Link.Of(way.Home)], away.Channels[way.Link.Of(way.Away)]);
        var (outward, homeward) = (InFlight(way, true, atHome, atAway), InFlight(way, false, atAway, atHome));
        Require(held == issued + outward + homeward, () => $"asset {escrow.Asset} of {way.Home} to {way.Away}: {held} in escrow, {issued} vouchers, {outward} on the way out and {homeward} on the way home");
        Sometimes.Happened(outward > 0 && homeward > 0, "value was on its way both ways");
    }

    private Int128 InFlight(ChannelWay way, bool outward, NaiveChannel from, NaiveChannel to)
    {
        // Most blocks leave most channels as they were.
        if (_newest.TryGetValue((way, outward), out var known) && ReferenceEquals(known.From.Sent, from.Sent) && (known.From.Settled, known.From.TimedOut) == (from.Settled, from.TimedOut) && ReferenceEquals(known.To.Acknowledged, to.Acknowledged))
        {
            return known.Value;
        }

        var value = InFlight(from, to, outward ? way.AtHome : way.AtAway);
        _newest[(way, outward)] = (from, to, value);
        return value;
    }

    /// <summary>The value sent by a route that was neither given back here nor accepted there.</summary>
    private static Int128 InFlight(NaiveChannel from, NaiveChannel to, ulong route)
    {
        var refused = to.Acknowledged.SelectMany(acknowledgement => acknowledgement.Exceptions.Keys).ToHashSet();
        var total = (Int128)0;
        var sequence = 0UL;
        foreach (var sent in from.Sent)
        {
            sequence++;
            var isRefunded = from.TimedOut.Contains(sequence) || (sequence <= from.Settled && refused.Contains(sequence));
            var isAccepted = sequence <= to.Received && !refused.Contains(sequence);
            total += sent.Route == route && !isRefunded && !isAccepted ? sent.Packet.Amount : 0;
        }

        return total;
    }
}
