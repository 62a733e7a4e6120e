using Actors.Ledger.Channels;
using Actors.Ledger.Transactions;

namespace Actors.Grains.Channels;

/// <summary>Another chain as this one knows it.</summary>
[GenerateSerializer, Immutable, Alias("actors.peer-state.1")]
public sealed record PeerState
{
    [Id(0)]
    public required uint Number { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public required byte[] Genesis { get; init; }

    [Id(3)]
    public required ulong AsOf { get; init; }

    /// <summary>The newest header that came; 0 before the first.</summary>
    [Id(4)]
    public required ulong HeaderHeight { get; init; }

    [Id(5)]
    public required ulong HeaderTimeMs { get; init; }

    /// <summary>Null while it is trusted.</summary>
    [Id(6)]
    public required ulong? FrozenSinceMs { get; init; }

    [Id(7)]
    public required ulong? ConflictHeight { get; init; }
}

/// <summary>Where a channel stands.</summary>
[GenerateSerializer, Immutable, Alias("actors.channel-answer.1")]
public sealed record ChannelAnswer
{
    [Id(0)]
    public required uint Number { get; init; }

    [Id(1)]
    public required PeerState Peer { get; init; }

    [Id(2)]
    public required ChannelState State { get; init; }

    [Id(3)]
    public required ulong AsOf { get; init; }

    /// <summary>0 until the opening has shown it.</summary>
    [Id(4)]
    public required uint PeerChannel { get; init; }

    [Id(5)]
    public required bool Paused { get; init; }

    [Id(6)]
    public required uint InFlightMax { get; init; }

    [Id(7)]
    public required ulong Sent { get; init; }

    [Id(8)]
    public required ulong Settled { get; init; }

    [Id(9)]
    public required uint TimedOut { get; init; }

    [Id(10)]
    public required ulong Received { get; init; }

    [Id(11)]
    public required ulong Acknowledged { get; init; }

    [Id(12)]
    public required ulong Consumed { get; init; }
}

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

/// <summary>Which packets of a channel to give.</summary>
[GenerateSerializer, Immutable, Alias("actors.packets-request.1")]
public sealed record PacketsRequest
{
    [Id(0)]
    public required ulong After { get; init; }

    [Id(1)]
    public required int CountMax { get; init; }

    /// <summary>Null: any.</summary>
    [Id(2)]
    public required byte? Status { get; init; }

    [Id(3)]
    public required bool OnlyStuck { get; init; }
}

/// <summary>A packet that is not settled.</summary>
[GenerateSerializer, Immutable, Alias("actors.packet-state.1")]
public sealed record PacketState
{
    [Id(0)]
    public required ulong Sequence { get; init; }

    [Id(1)]
    public required byte Status { get; init; }

    [Id(2)]
    public required byte Wait { get; init; }

    [Id(3)]
    public required bool IsStuck { get; init; }

    [Id(4)]
    public required ulong Sender { get; init; }

    [Id(5)]
    public required ulong TimeoutMs { get; init; }

    [Id(6)]
    public required byte[] Transaction { get; init; }

    [Id(7)]
    public required int Operation { get; init; }

    [Id(8)]
    public required ulong SentAt { get; init; }

    [Id(9)]
    public required ulong SentTimeMs { get; init; }

    [Id(10)]
    public required uint? Route { get; init; }

    [Id(11)]
    public required uint? Asset { get; init; }

    [Id(12)]
    public required long? Amount { get; init; }

    [Id(13)]
    public required ulong? Recipient { get; init; }

    [Id(14)]
    public required ulong? Delivers { get; init; }

    [Id(15)]
    public required byte[] Memo { get; init; }

    /// <summary>Null for value.</summary>
    [Id(16)]
    public required string? Handler { get; init; }

    [Id(17)]
    public required byte[] Payload { get; init; }
}

/// <summary>A page of packets.</summary>
[GenerateSerializer, Immutable, Alias("actors.packets-answer.1")]
public sealed record PacketsAnswer
{
    [Id(0)]
    public required ChannelAnswer Channel { get; init; }

    [Id(1)]
    public required PacketState[] Packets { get; init; }

    [Id(2)]
    public required ulong? Next { get; init; }
}

/// <summary>Which packets of a transaction to give.</summary>
[GenerateSerializer, Immutable, Alias("actors.deliveries-request.1")]
public sealed record DeliveriesRequest
{
    [Id(0)]
    public required int FromOperation { get; init; }

    [Id(1)]
    public required int CountMax { get; init; }

    [Id(2)]
    public required ulong From { get; init; }
}

/// <summary>What became of one packet.</summary>
[GenerateSerializer, Immutable, Alias("actors.delivery-answer.1")]
public sealed record DeliveryAnswer
{
    [Id(0)]
    public required int Operation { get; init; }

    [Id(1)]
    public required uint Channel { get; init; }

    [Id(2)]
    public required ulong Sequence { get; init; }

    [Id(3)]
    public required byte State { get; init; }

    [Id(4)]
    public required string PeerName { get; init; }

    [Id(5)]
    public required byte[] PeerGenesis { get; init; }

    [Id(6)]
    public required uint PeerChannel { get; init; }

    [Id(7)]
    public required byte? Wait { get; init; }

    [Id(8)]
    public required Outcome? Why { get; init; }

    [Id(9)]
    public required ulong? SettledAt { get; init; }

    [Id(10)]
    public required byte[]? SettledBy { get; init; }

    [Id(11)]
    public required int? SettledOperation { get; init; }
}

/// <summary>What became of a transaction's packets.</summary>
[GenerateSerializer, Immutable, Alias("actors.deliveries-answer.1")]
public sealed record DeliveriesAnswer
{
    [Id(0)]
    public required DeliveryAnswer[] Deliveries { get; init; }

    [Id(1)]
    public required ulong AsOf { get; init; }

    [Id(2)]
    public required int? NextOperation { get; init; }

    [Id(3)]
    public required ulong LookedThrough { get; init; }
}

/// <summary>What became of a packet that the peer sent, or the height below which the search goes on.</summary>
[GenerateSerializer, Immutable, Alias("actors.received-answer.1")]
public sealed record ReceivedAnswer
{
    /// <summary>Null when it was not found; then the rest says nothing.</summary>
    [Id(0)]
    public required Outcome? Outcome { get; init; }

    [Id(1)]
    public required ulong Height { get; init; }

    [Id(2)]
    public required byte[] Transaction { get; init; }

    [Id(3)]
    public required int Operation { get; init; }

    [Id(4)]
    public required ulong? Before { get; init; }
}
