namespace Actors.Grains.Channels;

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
