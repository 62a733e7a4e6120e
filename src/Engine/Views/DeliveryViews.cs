using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Views;

/// <summary>How far a packet has come, as the chain that sent it can tell from what it has committed.</summary>
public enum DeliveryState
{
    /// <summary>Committed here with its transaction. It will be acknowledged or refunded.</summary>
    Sent = 1,

    /// <summary>The peer has taken it, and whether it accepted it comes with the acknowledgement. Only told by whoever can ask the peer's chain too.</summary>
    Received = 5,

    /// <summary>The peer has accepted it, and its acknowledgement is committed here: final.</summary>
    Acknowledged = 2,

    /// <summary>It was not accepted, or not received by its timeout, and its value is back: final.</summary>
    Refunded = 3,

    /// <summary>One of the two, in a block after those that were looked at: ask again from there.</summary>
    Settled = 4,
}

/// <summary>What became of one packet that a transaction sent.</summary>
public sealed record DeliveryView(int Operation, uint Channel, ulong Sequence, DeliveryState State)
{
    public required string PeerName { get; init; }

    public required Hash256 PeerGenesis { get; init; }

    public required uint PeerChannel { get; init; }

    /// <summary>What it waits for while it is sent.</summary>
    public PacketWait? Wait { get; init; }

    /// <summary>Why it was refunded.</summary>
    public Outcome? Why { get; init; }

    /// <summary>The block and the transaction by which it was settled here.</summary>
    public Height? SettledAt { get; init; }

    public TransactionId? SettledBy { get; init; }

    /// <summary>The operation of that transaction: it consumed the acknowledgement, or timed the packet out.</summary>
    public int? SettledOperation { get; init; }
}

/// <summary>Which packets of a transaction to give, in order of operation.</summary>
public sealed record DeliveryQuery
{
    public const int DeliveriesPerPageMax = 200;

    /// <summary>Go on with this operation.</summary>
    public int FromOperation { get; init; }

    /// <summary>1 to <see cref="DeliveriesPerPageMax"/>.</summary>
    public int CountMax { get; init; } = 50;

    /// <summary>Blocks below this height are known not to have settled any of them.</summary>
    public Height From { get; init; }
}

/// <summary>
/// What became of a transaction's packets. <see cref="NextOperation"/> is where the next page goes on, null at the end. With a packet that is only known to
/// be settled, <see cref="LookedThrough"/> is the last block that was looked at.
/// </summary>
public sealed record DeliveryPage(IReadOnlyList<DeliveryView> Deliveries, Height AsOf, int? NextOperation, Height LookedThrough);
