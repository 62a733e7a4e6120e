using System.Text.Json.Serialization;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Hashing;

namespace Actors.Gateway.Channels;

/// <summary>Another chain as this one knows it.</summary>
internal sealed record PeerJson(ulong Number, string Name, Hash256 Genesis, bool Frozen)
{
    /// <summary>The newest header of it that came; "0" and the time of its genesis before the first.</summary>
    public required Height HeaderHeight { get; init; }

    public required Timestamp HeaderTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Timestamp? FrozenSince { get; init; }

    /// <summary>Where it contradicted itself when it was frozen last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Height? ConflictHeight { get; init; }

    public required Height AsOf { get; init; }

    public static PeerJson From(PeerView view) => new(view.Number, view.Name, view.Genesis, view.IsFrozen)
    {
        HeaderHeight = view.HeaderHeight,
        HeaderTime = view.HeaderTime,
        FrozenSince = view.FrozenSince,
        ConflictHeight = view.ConflictHeight,
        AsOf = view.AsOf,
    };
}

internal sealed record PeerListJson(IReadOnlyList<PeerJson> Peers, ulong? Next);

/// <summary>Where a channel stands on this chain.</summary>
internal sealed record ChannelJson(ulong Number, ChannelState State, bool Paused, PeerJson Peer, ulong PeerChannel)
{
    public required int InFlightMax { get; init; }

    /// <summary>Packets sent, and the sequence of the last one.</summary>
    public required ulong Sent { get; init; }

    /// <summary>Packets up to this sequence are acknowledged.</summary>
    public required ulong Settled { get; init; }

    /// <summary>Sent and not acknowledged, those refunded by a timeout included.</summary>
    public required ulong Unsettled { get; init; }

    /// <summary>Of those the ones that a timeout has refunded.</summary>
    public required ulong TimedOut { get; init; }

    /// <summary>The peer's packets received, accepted or not.</summary>
    public required ulong Received { get; init; }

    /// <summary>Acknowledgements written, and the peer's consumed.</summary>
    public required ulong Acknowledged { get; init; }

    public required ulong Consumed { get; init; }

    public required Height AsOf { get; init; }

    /// <summary>The first of its routes; left out of lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RouteListJson? Routes { get; init; }

    public static ChannelJson From(ChannelView view) => new(view.Number, view.State, view.Paused, PeerJson.From(view.Peer), view.PeerChannel)
    {
        InFlightMax = (int)view.InFlightMax,
        Sent = view.Sent,
        Settled = view.Settled,
        Unsettled = view.Sent - view.Settled,
        TimedOut = view.TimedOut,
        Received = view.Received,
        Acknowledged = view.Acknowledged,
        Consumed = view.Consumed,
        AsOf = view.AsOf,
    };
}

internal sealed record ChannelListJson(IReadOnlyList<ChannelJson> Channels, ulong? Next);

/// <summary>The way of one asset over a channel; amounts in minor units.</summary>
internal sealed record RouteJson(ulong Number, ulong Channel, AssetNumber Asset, string Code, int Scale)
{
    /// <summary>At home the escrow account, away the account that issues the voucher: `through` of a send.</summary>
    public required AccountNumber Account { get; init; }

    public required Address Address { get; init; }

    /// <summary>The asset is a voucher: the peer's number of the original.</summary>
    public required ulong? PeerAsset { get; init; }

    /// <summary>Value that may leave, and that may arrive, within an hour; null: no bound.</summary>
    public required long? LimitPerHour { get; init; }

    /// <summary>When the hour that is counted began, and what went either way in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Timestamp? HourBegan { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SentInHour { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReceivedInHour { get; init; }

    public static RouteJson From(ChainId chain, RouteView view) => new(view.Number, view.Channel, view.Asset, view.Code, view.Scale)
    {
        Account = view.Account,
        Address = new Address(chain, view.Account),
        PeerAsset = view.PeerAsset,
        LimitPerHour = view.LimitPerHour,
        HourBegan = view.HourBegan,
        SentInHour = view.HourBegan is null ? null : view.SentInHour,
        ReceivedInHour = view.HourBegan is null ? null : view.ReceivedInHour,
    };
}

internal sealed record RouteListJson(IReadOnlyList<RouteJson> Routes, ulong? Next)
{
    public static RouteListJson From(ChainId chain, IReadOnlyList<RouteView> views, int countMax) =>
        new([.. views.Select(view => RouteJson.From(chain, view))], views.Count == countMax ? views[^1].Number : null);
}

/// <summary>A route that value can be sent over, with its channel.</summary>
internal sealed record RouteToPeerJson(ChannelJson Channel, RouteJson Route);

internal sealed record RoutesToPeerJson(IReadOnlyList<RouteToPeerJson> Routes);
