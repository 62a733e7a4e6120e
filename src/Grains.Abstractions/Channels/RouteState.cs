namespace Actors.Grains.Channels;

/// <summary>The way of one asset over one channel; amounts in minor units.</summary>
[GenerateSerializer, Immutable, Alias("actors.route-state.1")]
public sealed record RouteState
{
    [Id(0)]
    public required uint Number { get; init; }

    [Id(1)]
    public required uint Channel { get; init; }

    [Id(2)]
    public required uint Asset { get; init; }

    [Id(3)]
    public required string Code { get; init; }

    [Id(4)]
    public required int Scale { get; init; }

    [Id(5)]
    public required ulong Account { get; init; }

    /// <summary>Null at home.</summary>
    [Id(6)]
    public required uint? PeerAsset { get; init; }

    /// <summary>Null: no bound.</summary>
    [Id(7)]
    public required long? LimitPerHour { get; init; }

    [Id(8)]
    public required ulong? HourBeganMs { get; init; }

    [Id(9)]
    public required long SentInHour { get; init; }

    [Id(10)]
    public required long ReceivedInHour { get; init; }
}

/// <summary>A route that value can be sent over, with its channel.</summary>
[GenerateSerializer, Immutable, Alias("actors.route-to-peer.1")]
public sealed record RouteToPeerAnswer
{
    [Id(0)]
    public required ChannelAnswer Channel { get; init; }

    [Id(1)]
    public required RouteState Route { get; init; }
}
