namespace Actors.Cli.Client;

public sealed record PeerAnswer(uint Number, string Name, string Genesis, bool Frozen)
{
    public ulong HeaderHeight { get; init; }

    public ulong HeaderTime { get; init; }

    public ulong? FrozenSince { get; init; }

    public ulong? ConflictHeight { get; init; }
}

public sealed record PeerList(IReadOnlyList<PeerAnswer> Peers)
{
    public uint? Next { get; init; }
}

public sealed record ChannelAnswer(uint Number, string State, bool Paused, PeerAnswer Peer, uint PeerChannel)
{
    public uint InFlightMax { get; init; }

    public ulong Sent { get; init; }

    public ulong Settled { get; init; }

    public ulong Unsettled { get; init; }

    public ulong TimedOut { get; init; }

    public ulong Received { get; init; }

    public ulong Acknowledged { get; init; }

    public ulong Consumed { get; init; }

    public ulong AsOf { get; init; }

    /// <summary>Null in lists.</summary>
    public RouteList? Routes { get; init; }
}

public sealed record ChannelList(IReadOnlyList<ChannelAnswer> Channels)
{
    public uint? Next { get; init; }
}

/// <summary>Amounts in minor units.</summary>
public sealed record RouteAnswer(uint Number, uint Channel, uint Asset, string Code, int Scale, ulong Account, string Address)
{
    /// <summary>Null at home.</summary>
    public uint? PeerAsset { get; init; }

    /// <summary>Null: no bound.</summary>
    public long? LimitPerHour { get; init; }

    public ulong? HourBegan { get; init; }

    public long? SentInHour { get; init; }

    public long? ReceivedInHour { get; init; }
}

public sealed record RouteList(IReadOnlyList<RouteAnswer> Routes)
{
    public uint? Next { get; init; }
}

public sealed record PacketAnswer(ulong Sequence, string State, string WaitsFor, bool Stuck, string Transaction, int Operation)
{
    public ulong Height { get; init; }

    public ulong Time { get; init; }

    public ulong Timeout { get; init; }

    public ulong Sender { get; init; }

    public uint? Route { get; init; }

    public long? Amount { get; init; }

    public ulong? Recipient { get; init; }

    public string? Handler { get; init; }
}

public sealed record PacketList(IReadOnlyList<PacketAnswer> Packets)
{
    public ulong? Next { get; init; }
}
