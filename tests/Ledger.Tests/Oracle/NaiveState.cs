using System.Collections.Immutable;
using Actors.Ledger.Keysets;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>Everything the naive ledger knows. Immutable, so that taking something back is keeping the old one.</summary>
public sealed record NaiveState
{
    public ImmutableDictionary<ulong, KeysetDefinition> Keysets { get; init; } = ImmutableDictionary<ulong, KeysetDefinition>.Empty;

    public ImmutableDictionary<ulong, NaiveAsset> Assets { get; init; } = ImmutableDictionary<ulong, NaiveAsset>.Empty;

    public ImmutableDictionary<ulong, NaiveAccount> Accounts { get; init; } = ImmutableDictionary<ulong, NaiveAccount>.Empty;

    public ImmutableDictionary<ulong, NaivePending> Pendings { get; init; } = ImmutableDictionary<ulong, NaivePending>.Empty;

    public ImmutableDictionary<(ulong Keyset, string Alias), ulong> Aliases { get; init; } = ImmutableDictionary<(ulong, string), ulong>.Empty;

    public ImmutableDictionary<ulong, NaivePeer> Peers { get; init; } = ImmutableDictionary<ulong, NaivePeer>.Empty;

    public ImmutableDictionary<ulong, NaiveChannel> Channels { get; init; } = ImmutableDictionary<ulong, NaiveChannel>.Empty;

    public ImmutableDictionary<ulong, NaiveRoute> Routes { get; init; } = ImmutableDictionary<ulong, NaiveRoute>.Empty;

    /// <summary>What packets have moved in the block being executed.</summary>
    public ImmutableList<NaiveEffect> Effects { get; init; } = [];

    public ulong Operator { get; init; }

    public ulong Height { get; init; }

    public bool SealingKeyChanged { get; init; }

    public NaiveState With(ulong number, NaiveAccount account) => this with { Accounts = Accounts.SetItem(number, account) };

    public NaiveState WithPeer(ulong number, NaivePeer peer) => this with { Peers = Peers.SetItem(number, peer) };

    public NaiveState WithChannel(ulong number, NaiveChannel channel) => this with { Channels = Channels.SetItem(number, channel) };

    public NaiveState WithRoute(ulong number, NaiveRoute route) => this with { Routes = Routes.SetItem(number, route) };

    public NaiveState WithEffect(NaiveEffect effect) => this with { Effects = Effects.Add(effect) };

    public NaiveState With(ulong number, NaivePending pending) => this with { Pendings = Pendings.SetItem(number, pending) };
}

public sealed record NaiveAsset(string Code, bool Restricted, ulong Issuer);

/// <summary>Null is no floor, no ceiling. Amounts are wide enough to never wrap.</summary>
public sealed record NaiveAccount(ulong Owner, ulong Asset, Int128? Floor, Int128? Ceiling)
{
    public Int128 Posted { get; init; }

    public Int128 Out { get; init; }

    public Int128 In { get; init; }

    public bool Frozen { get; init; }

    public bool Closed { get; init; }

    /// <summary>Moved and set by channel operations only.</summary>
    public bool System { get; init; }

    public Int128 Free => Posted - Out;
}

public sealed record NaivePending(ulong Debit, ulong Credit, Int128 Amount, ulong TimeoutMs, ulong Decider, ulong First, int Size)
{
    /// <summary>open, posted, voided or expired.</summary>
    public string Standing { get; init; } = "open";

    /// <summary>What decides it, where that is a delivery; its decider is 0 then.</summary>
    public NaiveDelivery? Delivery { get; init; }
}
