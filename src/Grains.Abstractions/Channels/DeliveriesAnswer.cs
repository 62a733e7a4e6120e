using Actors.Ledger.Transactions;

namespace Actors.Grains.Channels;

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
