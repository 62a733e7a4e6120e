using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Views;

/// <summary>Another chain as this one knows it: a light client under a name that the operator gave it.</summary>
public sealed record PeerView(uint Number, string Name, Hash256 Genesis, Height AsOf)
{
    /// <summary>Height and time of the peer's newest header that came; 0 and the time of its genesis before the first.</summary>
    public required Height HeaderHeight { get; init; }

    public required Timestamp HeaderTime { get; init; }

    /// <summary>Since when nothing that rests on its word is taken; null while it is trusted.</summary>
    public Timestamp? FrozenSince { get; init; }

    /// <summary>The peer's height at which it contradicted itself when it was frozen last.</summary>
    public Height? ConflictHeight { get; init; }

    public bool IsFrozen => FrozenSince is not null;
}

/// <summary>Where a channel stands on this chain.</summary>
public sealed record ChannelView(uint Number, PeerView Peer, ChannelState State, Height AsOf)
{
    /// <summary>The channel's number on the peer; 0 until the opening has shown it.</summary>
    public required uint PeerChannel { get; init; }

    public required bool Paused { get; init; }

    /// <summary>How many of its packets may be unsettled at once.</summary>
    public required uint InFlightMax { get; init; }

    /// <summary>Packets sent; the sequence of the last one.</summary>
    public required ulong Sent { get; init; }

    /// <summary>Packets up to this sequence are acknowledged.</summary>
    public required ulong Settled { get; init; }

    /// <summary>Packets above <see cref="Settled"/> that a timeout has refunded.</summary>
    public required uint TimedOut { get; init; }

    /// <summary>Packets of the peer received, accepted or not.</summary>
    public required ulong Received { get; init; }

    /// <summary>Acknowledgements written for them.</summary>
    public required ulong Acknowledged { get; init; }

    /// <summary>Acknowledgements of the peer consumed.</summary>
    public required ulong Consumed { get; init; }
}

/// <summary>The way of one asset over one channel; amounts in minor units.</summary>
public sealed record RouteView(uint Number, uint Channel, AssetNumber Asset, string Code, int Scale, AccountNumber Account)
{
    /// <summary>Null at home, where the account is the escrow; otherwise the peer's number of the original, and the account issues the voucher.</summary>
    public uint? PeerAsset { get; init; }

    /// <summary>Value an hour that may leave, and that may arrive; null for no bound.</summary>
    public long? LimitPerHour { get; init; }

    /// <summary>When the hour that is counted began; it is over an hour later. Null without a bound or before anything was counted.</summary>
    public Timestamp? HourBegan { get; init; }

    public long SentInHour { get; init; }

    public long ReceivedInHour { get; init; }
}

/// <summary>A route that value of one asset can be sent over to a named peer, with its channel.</summary>
public sealed record RouteToPeer(ChannelView Channel, RouteView Route);
