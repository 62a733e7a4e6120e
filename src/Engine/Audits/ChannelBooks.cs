using Actors.Ledger.Channels;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Audits;

/// <summary>
/// What is compared between chains after each block: the headers that it took are in the other chain's history, the packets that it credited were
/// sent with that value and not refunded, and the escrow of each route is what is out and in flight.
/// </summary>
internal sealed class ChannelBooks
{
    private readonly Dictionary<Hash256, ChainWalk> _chains;
    private readonly Dictionary<(Hash256 Chain, uint Channel), PacketsInFlight> _inFlight = [];
    private readonly HashSet<(string Home, uint Channel, uint Asset)> _broken = [];
    private readonly HashSet<(Hash256 Chain, uint Channel)> _abandoned = [];
    private readonly List<string> _findings = [];
    private readonly List<string> _actsOfTrust = [];

    public ChannelBooks(IReadOnlyList<ChainWalk> chains)
    {
        // Two of the same are refused by whoever runs the audit.
        _chains = chains.GroupBy(chain => chain.Genesis).ToDictionary(group => group.Key, group => group.First());
    }

    public IReadOnlyList<string> Findings => _findings;

    public IReadOnlyList<string> ActsOfTrust => _actsOfTrust;

    public ChainWalk? Find(in Hash256 genesis) => _chains.GetValueOrDefault(genesis);

    /// <summary>Takes in the block that <paramref name="chain"/> has replayed last.</summary>
    public void Enter(ChainWalk chain)
    {
        foreach (var taken in chain.RestsOn)
        {
            CheckHeader(chain, taken);
        }

        var state = chain.State!;
        foreach (var run in state.Journal.Runs)
        {
            InFlight(chain, run.Channel).Sent(state, run);
        }

        foreach (ref readonly var effect in state.Journal.Effects)
        {
            CheckEffect(chain, effect);
        }

        foreach (var (number, _) in state.Channels.TakeChanged())
        {
            CheckChannel(chain, number);
        }
    }

    /// <summary>Every route between audited chains as it stands.</summary>
    public IReadOnlyList<AuditedRoute> Routes()
    {
        var all = new List<AuditedRoute>();
        foreach (var home in _chains.Values.Where(chain => chain.State is not null))
        {
            for (uint number = 1; number <= home.State!.Routes.Count; number++)
            {
                if (!home.State.Routes.Read(number).IsVoucher && JoinedTo(home, home.State.Routes.Read(number).Channel) is { } away)
                {
                    all.Add(Compare(home, away, number));
                }
            }
        }

        return all;
    }

    /// <summary>Channels whose other chain is not here.</summary>
    public IReadOnlyList<string> NotCompared()
    {
        var all = new List<string>();
        foreach (var chain in _chains.Values.Where(chain => chain.State is not null))
        {
            for (uint number = 1; number <= chain.State!.Channels.Count; number++)
            {
                if (Find(chain.State.Channels.Read(number).PeerGenesis) is null)
                {
                    all.Add($"channel {number} of {chain.Name} is to the chain with genesis hash {chain.State.Channels.Read(number).PeerGenesis}, which was not audited");
                }
            }
        }

        return all;
    }

    private void CheckHeader(ChainWalk chain, in HeaderTaken taken)
    {
        if (taken.ByTrust)
        {
            _actsOfTrust.Add($"in block {chain.Height} the operator of {chain.Name} trusted {NameOf(taken.Chain)} again from its header {taken.Height} on, {taken.Hash}");
        }

        if (Find(taken.Chain) is { } peer && peer.HeaderHash(taken.Height) != taken.Hash)
        {
            _findings.Add($"block {chain.Height} of {chain.Name} rests on header {taken.Height} of {peer.Name} with hash {taken.Hash}; the one in the history of {peer.Name} has {peer.HeaderHash(taken.Height)}");
        }
    }

    /// <summary>A packet that was credited must be one that the other chain sent, of that value; and has one end only.</summary>
    private void CheckEffect(ChainWalk chain, in PacketEffect effect)
    {
        // The payment of a delivery moves value within the chain.
        if (effect.Channel == 0)
        {
            return;
        }

        if (effect.IsRefund)
        {
            // Of an abandoned channel both may happen: that is what the operator's word stands for.
            if (!InFlight(chain, effect.Channel).Refund(effect.Sequence, effect.Amount) && !_abandoned.Contains((chain.Genesis, effect.Channel))
                && chain.State!.Channels.Read(effect.Channel).State != ChannelState.Abandoned)
            {
                _findings.Add($"block {chain.Height} of {chain.Name} refunds packet {effect.Sequence} of channel {effect.Channel}, which the other side has accepted or which was never in flight");
            }
        }
        else if (PeerOf(chain, effect.Channel) is { } sender
            && !InFlight(sender, chain.State!.Channels.Read(effect.Channel).PeerChannel).Accept(effect.Sequence, effect.Amount)
            && !IsAbandoned(chain, effect.Channel))
        {
            _findings.Add($"block {chain.Height} of {chain.Name} credits {effect.Amount} for packet {effect.Sequence} of channel {effect.Channel}, which {sender.Name} has not sent, not of that value, or has refunded");
        }
    }

    private void CheckChannel(ChainWalk chain, uint number)
    {
        ref readonly var channel = ref chain.State!.Channels.Read(number);
        InFlight(chain, number).Forget(channel.Settled);
        if (channel.State == ChannelState.Abandoned && _abandoned.Add((chain.Genesis, number)))
        {
            _actsOfTrust.Add($"in block {chain.Height} the operator of {chain.Name} abandoned channel {number} to {NameOf(channel.PeerGenesis)}: what was unsettled went back without proof");
        }

        if (JoinedTo(chain, number) is { } peer)
        {
            CheckRoutes(chain, chain, number, peer);
            CheckRoutes(chain, peer, channel.PeerChannel, chain);
        }
    }

    /// <summary>Compares what is at home on one side of a channel with the vouchers on the other.</summary>
    private void CheckRoutes(ChainWalk at, ChainWalk home, uint channel, ChainWalk away)
    {
        var routes = home.State!.Routes;
        foreach (var number in routes.Over(channel))
        {
            if (!routes.Read(number).IsVoucher)
            {
                Require(at, Compare(home, away, number));
            }
        }
    }

    private void Require(ChainWalk at, AuditedRoute route)
    {
        if (!route.Agrees && !route.IsAbandoned && _broken.Add((route.Home, route.HomeChannel, route.Asset)))
        {
            _findings.Add($"from block {at.Height} of {at.Name} on, asset {route.Asset} of {route.Home} over its channel {route.HomeChannel} to {route.Away} does not agree: {route.Escrow} in escrow, {route.Vouchers} in vouchers, {route.Outward} in flight out and {route.Homeward} in flight home");
        }
    }

    private AuditedRoute Compare(ChainWalk home, ChainWalk away, uint homeRoute)
    {
        ref readonly var escrow = ref home.State!.Routes.Read(homeRoute);
        var peerChannel = home.State.Channels.Read(escrow.Channel).PeerChannel;
        var isIssued = away.State!.Routes.TryFindPacket(peerChannel, homeward: false, escrow.Asset, out var awayRoute);
        return new AuditedRoute(
            home.Name,
            escrow.Channel,
            away.Name,
            peerChannel,
            escrow.Asset,
            Posted(home, escrow.Account),
            isIssued ? -(Int128)Posted(away, away.State.Routes.Read(awayRoute).Account) : 0,
            InFlight(home, escrow.Channel).ValueOf(homeRoute),
            isIssued ? InFlight(away, peerChannel).ValueOf(awayRoute) : 0)
        {
            IsAbandoned = IsAbandoned(home, escrow.Channel),
        };
    }

    private bool IsAbandoned(ChainWalk chain, uint number)
    {
        ref readonly var channel = ref chain.State!.Channels.Read(number);
        return channel.State == ChannelState.Abandoned || _abandoned.Contains((channel.PeerGenesis, channel.PeerChannel));
    }

    /// <summary>The audited chain at the other end of a channel, as far as that end is known; null when there is none.</summary>
    private ChainWalk? PeerOf(ChainWalk chain, uint number)
    {
        ref readonly var channel = ref chain.State!.Channels.Read(number);
        return channel.PeerChannel != 0 ? Find(channel.PeerGenesis) : null;
    }

    /// <summary>As <see cref="PeerOf"/>, where that end names this one too: an operator can open a channel that names any channel of another chain.</summary>
    private ChainWalk? JoinedTo(ChainWalk chain, uint number)
    {
        var end = chain.State!.Channels.Read(number).PeerChannel;
        if (PeerOf(chain, number) is not { State: { } state } peer || !state.Channels.Exists(end))
        {
            return null;
        }

        ref readonly var other = ref state.Channels.Read(end);
        return other.PeerGenesis == chain.Genesis && other.PeerChannel == number ? peer : null;
    }

    private string NameOf(in Hash256 genesis) => Find(genesis)?.Name ?? $"the chain with genesis hash {genesis}";

    private PacketsInFlight InFlight(ChainWalk chain, uint channel)
    {
        if (!_inFlight.TryGetValue((chain.Genesis, channel), out var packets))
        {
            _inFlight.Add((chain.Genesis, channel), packets = new PacketsInFlight());
        }

        return packets;
    }

    private static long Posted(ChainWalk chain, ulong account) => chain.State!.Accounts.TryRead(account, out var record) ? record.Posted : 0;
}
