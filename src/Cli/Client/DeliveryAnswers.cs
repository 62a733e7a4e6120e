using Actors.Ledger.Transactions;

namespace Actors.Cli.Client;

/// <summary>How far what a transaction sent over channels has come; the state is that of the packet that has come least far.</summary>
public sealed record DeliveryList(string Id, string State, IReadOnlyList<DeliveryAnswer> Deliveries)
{
    /// <summary>The first operation of the next page; null at the end.</summary>
    public int? Next { get; init; }

    /// <summary>With state settled: the block to look further from.</summary>
    public ulong? LookFrom { get; init; }
}

public sealed record DeliveryAnswer(int Operation, uint Channel, ulong Sequence, string State, string Peer)
{
    public string? WaitsFor { get; init; }

    /// <summary>Why it was refunded.</summary>
    public Outcome? Outcome { get; init; }

    public ulong? Height { get; init; }

    /// <summary>The transaction and its operation that settled it.</summary>
    public string? Transaction { get; init; }

    public int? SettledOperation { get; init; }

    public string PeerGenesis { get; init; } = "";

    public uint PeerChannel { get; init; }
}

/// <summary>What became of a packet on the chain that received it.</summary>
public sealed record ReceivedAnswer(ulong Sequence, bool Accepted, Outcome Outcome, string Transaction, int Operation);

public sealed record RouteToPeer(ChannelAnswer Channel, RouteAnswer Route);

public sealed record RoutesToPeer(IReadOnlyList<RouteToPeer> Routes);
