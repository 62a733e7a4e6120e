using Actors.Ledger.Channels;

namespace Actors.Grains.Channels;

/// <summary>How far one side of a channel has come with what the other side has for it.</summary>
[GenerateSerializer, Immutable, Alias("actors.relay-cursor.1")]
internal readonly record struct CursorWire
{
    [Id(0)]
    public required ulong Held { get; init; }

    [Id(1)]
    public required ulong SealedSince { get; init; }

    [Id(2)]
    public required ulong Received { get; init; }

    [Id(3)]
    public required ulong Consumed { get; init; }

    [Id(4)]
    public required bool IsConfirmed { get; init; }
}

/// <summary>Where a channel stands, for a relay.</summary>
[GenerateSerializer, Immutable, Alias("actors.relay-position.1")]
internal sealed record PositionAnswer
{
    [Id(0)]
    public required uint Peer { get; init; }

    [Id(1)]
    public required string PeerName { get; init; }

    [Id(2)]
    public required byte[] PeerGenesis { get; init; }

    [Id(3)]
    public required uint PeerChannel { get; init; }

    [Id(4)]
    public required ChannelState State { get; init; }

    [Id(5)]
    public required bool Paused { get; init; }

    [Id(6)]
    public required bool PeerFrozen { get; init; }

    [Id(7)]
    public required ulong Sent { get; init; }

    [Id(8)]
    public required ulong Settled { get; init; }

    [Id(9)]
    public required CursorWire Cursor { get; init; }
}

/// <summary>Ranges of packets that have timed out, and the latest of their timeouts.</summary>
[GenerateSerializer, Immutable, Alias("actors.relay-timed-out.1")]
internal sealed record TimedOutAnswer
{
    [Id(0)]
    public required ulong[] Firsts { get; init; }

    [Id(1)]
    public required int[] Counts { get; init; }

    [Id(2)]
    public required ulong LatestMs { get; init; }
}
