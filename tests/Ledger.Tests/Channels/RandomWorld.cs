using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Relaying;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>
/// Two to five chains in a row, each with its own asset going all the way along it, and a network that loses, doubles and reorders what relays put
/// into it. What was sent is kept in a plain dictionary: after every block each packet was accepted or refunded at most once and as it had to be, and
/// every escrow is what is out and in flight.
/// </summary>
internal sealed class RandomWorld
{
    private const int HeldMax = 40;
    private const int SkewMsMax = 3_000;
    private readonly Random _random;
    private readonly List<Party> _parties = [];
    private readonly List<Link> _links = [];
    private readonly List<Way> _ways = [];
    private readonly Dictionary<(Party From, uint Channel, ulong Sequence), Sent> _sent = [];
    private readonly List<(Party To, IOperation[] Operations)> _network = [];
    private readonly Dictionary<(Party Party, ulong Asset), ulong> _accounts = [];
    private readonly HashSet<(Party Party, ulong Account)> _frozen = [];

    public RandomWorld(int seed)
    {
        _random = new Random(seed);
        var count = _random.Next(2, 6);
        for (var i = 0; i < count; i++)
        {
            _parties.Add(new Party($"chain-{i}", rootSeed: seed + i));
        }

        for (var i = 1; i < count; i++)
        {
            _links.Add(new Link(_parties[i - 1], _parties[i], inFlightMax: (uint)_random.Next(5, 40)));
        }

        foreach (var party in _parties)
        {
            OpenAlong(party);
        }
    }

    /// <summary>Packets sent, and how many of them were refunded.</summary>
    public (int Sent, int Refunded) Count => (_sent.Count, _sent.Values.Count(sent => sent.Refunded));

    public HashSet<Outcome> Met { get; } = [];

    public IReadOnlyList<Party> Parties => _parties;

    public void Step()
    {
        var nowMs = _parties.Max(party => party.NowMs);
        _parties.ForEach(party => party.Fixture.NowMs = Math.Max(party.NowMs, nowMs - (ulong)_random.Next(SkewMsMax)));
        var link = Any(_links);
        var party = _random.Next(2) == 0 ? link.A : link.B;
        switch (_random.Next(20))
        {
            case < 6:
                SendSome();
                break;
            case < 9:
                Hold(party, Packets(link, party));
                break;
            case < 11:
                Hold(party, Acknowledgements(link, party));
                break;
            case 11:
                Hold(party, Timeouts(link, party));
                break;
            case 12:
                Freeze();
                break;
            case 13:
                Do(party, new PauseChannel(EntityReference.Numbered(link.Of(party)), Resume: _random.Next(4) > 0));
                break;
            case 14:
                party.Fixture.NowMs += (ulong)_random.Next(1, 60_000);
                Observe(party, party.Seal());
                break;
            case 15 when _random.Next(3) == 0:
                Do(party, new ChangeSealingKey(party.Fixture.NewKey().Public));
                break;
            default:
                Deliver();
                break;
        }
    }

    /// <summary>Resumes and carries until nothing is unsettled: nothing may ever wedge.</summary>
    public void Settle()
    {
        foreach (var link in _links)
        {
            Do(link.A, new PauseChannel(EntityReference.Numbered(link.OfA), Resume: true));
            Do(link.B, new PauseChannel(EntityReference.Numbered(link.OfB), Resume: true));
            foreach (var party in new[] { link.A, link.B })
            {
                Carry(party, Packets(link, party, all: true));
                Carry(link.Other(party), Acknowledgements(link, link.Other(party), all: true));
                Assert.Equal((link.Other(party).Channel(link.Of(link.Other(party))).Sent, 0u), (link.Other(party).Channel(link.Of(link.Other(party))).Settled, link.Other(party).Channel(link.Of(link.Other(party))).TimedOut));
            }
        }

        Assert.All(_sent.Values, sent => Assert.True(sent.Accepted ^ sent.Refunded));
        Assert.All(_ways, way => Assert.Equal(Escrow(way), Vouchers(way)));
        _parties.ForEach(party => party.Seal(StateRootChoice.Now));
        _parties.ForEach(Pair.CheckReplay);
    }

    private void OpenAlong(Party home)
    {
        var asset = home.OpenAsset("OWN");
        var mint = home.OpenAccounts(asset, floor: long.MinValue);
        _accounts[(home, asset)] = home.OpenAccounts(asset, 2);
        home.Move(mint, _accounts[(home, asset)], 100_000);
        home.Move(mint, _accounts[(home, asset)] + 1, 50_000);
        foreach (var step in new[] { -1, 1 })
        {
            var (at, carried) = (home, asset);
            for (var i = _parties.IndexOf(home) + step; i >= 0 && i < _parties.Count; i += step)
            {
                var link = _links[Math.Min(i, i - step)];
                var (atHome, away) = link.Route(at, carried, $"V{_parties.IndexOf(home)}");
                _ways.Add(new Way(link, at, atHome, away));
                (at, carried) = (_parties[i], _parties[i].Route(away).Asset);
                _accounts[(at, carried)] = at.OpenAccounts(carried, 2);
            }
        }
    }

    private void SendSome()
    {
        var way = Any(_ways);
        var from = _random.Next(3) > 0 ? way.Home : way.Other;
        var route = from == way.Home ? way.AtHome : way.AtOther;
        var to = way.Link.Other(from);
        var theirs = _accounts[(to, (ulong)to.Route(to == way.Home ? way.AtHome : way.AtOther).Asset)];
        var sends = Enumerable.Range(0, _random.Next(1, 6)).Select(_ => way.Link.Sending(
            from,
            route,
            _accounts[(from, from.Route(route).Asset)] + (ulong)_random.Next(2),
            _random.Next(8) == 0 ? 999 : theirs + (ulong)_random.Next(2),
            _random.Next(0, 3_000),
            (ulong)_random.Next(SkewMsMax, 300_000))).ToArray();
        from.Fixture.SubmitBulk([.. sends.Select(send => (IOperation)(_random.Next(5) == 0 && send != sends[^1] ? send with { Linked = true } : send))], from.Fixture.Operator);
        var block = from.Seal();
        foreach (var entry in block.Effect(0).Operations)
        {
            Met.Add(entry.Outcome);
            if (entry.Created > 0)
            {
                _sent.Add((from, way.Link.Of(from), entry.Created), new Sent(way, from, sends[entry.Operation]));
            }
        }

        Observe(from, block);
    }

    private void Freeze()
    {
        var ((party, _), first) = Any(_accounts.ToList());
        var account = first + (ulong)_random.Next(2);
        if (_frozen.Count > 0 && _random.Next(2) == 0)
        {
            (party, account) = Any(_frozen.ToList());
        }

        var thaw = _frozen.Remove((party, account)) || !_frozen.Add((party, account));

        Do(party, new Freeze(Party.Of(account), thaw));
    }

    private IOperation[]? Packets(Link link, Party to, bool all = false)
    {
        var from = link.Other(to);
        var (sent, received) = (from.Channel(link.Of(from)).Sent, to.Channel(link.Of(to)).Received);
        var first = all ? received + 1 : Near(received);
        return first > sent ? null : [from.Update(to), to.Receive(from, link.Of(from), link.Of(to), first, Some(sent - first + 1, all))];
    }

    private IOperation[]? Acknowledgements(Link link, Party to, bool all = false)
    {
        var from = link.Other(to);
        var (written, consumed) = (from.Channel(link.Of(from)).Acknowledged, to.Channel(link.Of(to)).Consumed);
        var first = all ? consumed + 1 : Near(consumed);
        return first > written ? null : [from.Update(to), to.Acknowledge(from, link.Of(from), link.Of(to), first, Some(written - first + 1, all))];
    }

    private IOperation[]? Timeouts(Link link, Party to)
    {
        var from = link.Other(to);
        var own = to.Channel(link.Of(to));
        var first = Math.Max(1, Near(Math.Max(own.Settled, from.Channel(link.Of(from)).Received)));
        return [from.Update(to), new TimeOut(own.Number, from.Height, from.Proof(link.Of(from)), [new SequenceRange(first, _random.Next(1, 4))])];
    }

    /// <summary>The next after <paramref name="done"/>, or one near it: what came before, or what leaves a gap.</summary>
    private ulong Near(ulong done) => (ulong)Math.Max(1, (long)done + 1 + (_random.Next(4) == 0 ? _random.Next(-2, 2) : 0));

    private int Some(ulong most, bool all) => all ? (int)most : _random.Next(1, (int)most + 1);

    private void Hold(Party to, IOperation[]? operations)
    {
        if (operations is not null && _network.Count < HeldMax)
        {
            _network.Add((to, operations));
        }
    }

    private void Deliver()
    {
        if (_network.Count == 0)
        {
            return;
        }

        var at = _random.Next(_network.Count);
        var (to, operations) = _network[at];
        if (_random.Next(4) > 0)
        {
            _network.RemoveAt(at);
        }

        Carry(to, operations);
    }

    private void Carry(Party to, IOperation[]? operations)
    {
        if (operations is not null)
        {
            Met.Add(to.Fixture.Submit(TransactionKind.Proven, operations).Outcome);
            Observe(to, to.Seal());
        }
    }

    private void Do(Party party, IOperation operation) => Observe(party, party.Do(operation));

    private void Observe(Party party, Block block)
    {
        foreach (var effect in ReceiveTests.Effects(block))
        {
            var link = _links.Single(link => (link.A == party && link.OfA == effect.Channel) || (link.B == party && link.OfB == effect.Channel));
            var from = effect.IsRefund ? party : link.Other(party);
            var sent = _sent[(from, link.Of(from), effect.Sequence)];
            Assert.False(sent.Accepted || sent.Refunded);
            Assert.Equal((sent.Send.Amount, effect.IsRefund ? sent.Send.Debit.Value : sent.Send.Recipient.Value), (effect.Amount, effect.Credit.Value));
            (sent.Accepted, sent.Refunded) = (!effect.IsRefund, effect.IsRefund);
            Met.Add(effect.Outcome);
        }

        foreach (var link in _links.Where(link => link.A == party || link.B == party))
        {
            SentAcknowledgements.Of(block, link.Of(party)).ForEach(written => Judge(link, party, Acknowledgement.Parse(written.Leaf.Span), block.Header.Time.Ms));
        }

        Assert.All(_ways, way => Assert.Equal(Escrow(way), Vouchers(way) + InFlight(way)));
    }

    /// <summary>Every packet was accepted or an exception as the rules have it, seen from outside.</summary>
    private void Judge(Link link, Party party, Acknowledgement acknowledgement, ulong timeMs)
    {
        for (var sequence = acknowledgement.First; sequence <= acknowledgement.Last; sequence++)
        {
            var sent = _sent[(link.Other(party), link.Of(link.Other(party)), sequence)].Send;
            var expected = sent.Timeout.Ms <= timeMs ? Outcome.PacketTimedOut
                : sent.Recipient.Value == 999 ? Outcome.CreditAccountNotFound
                : _frozen.Contains((party, sent.Recipient.Value)) ? Outcome.CreditAccountFrozen
                : Outcome.Committed;
            Assert.Equal(expected, acknowledgement.Exceptions.FirstOrDefault(exception => exception.Sequence == sequence).Outcome);
        }
    }

    private long InFlight(Way way) => _sent.Values.Where(sent => sent.Way == way && !sent.Accepted && !sent.Refunded).Sum(sent => sent.Send.Amount);

    private static long Escrow(Way way) => way.Home.Posted(way.Home.Route(way.AtHome).Account);

    private static long Vouchers(Way way) => -way.Other.Posted(way.Other.Route(way.AtOther).Account);

    private T Any<T>(List<T> list) => list[_random.Next(list.Count)];

    private sealed record Way(Link Link, Party Home, uint AtHome, uint AtOther)
    {
        public Party Other => Link.Other(Home);
    }

    private sealed record Sent(Way Way, Party From, Send Send)
    {
        public bool Accepted { get; set; }

        public bool Refunded { get; set; }
    }
}
