using Actors.Ledger.Channels;

namespace Actors.Grains.Channels;

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
