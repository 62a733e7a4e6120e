using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Views;

/// <summary>Where a packet that is not settled stands on the chain that sent it.</summary>
public enum PacketStatus
{
    /// <summary>Committed, and neither acknowledged nor refunded.</summary>
    Sent = 1,

    /// <summary>A timeout has refunded it; the peer's acknowledgement will pass it over.</summary>
    Refunded = 2,
}

/// <summary>What a packet that is not settled waits for: the first that applies, in this order.</summary>
public enum PacketWait
{
    /// <summary>Refunded; nothing depends on the acknowledgement that is still to come.</summary>
    Acknowledgement = 1,

    /// <summary>The channel is abandoned: anybody may refund it without proof.</summary>
    ChannelAbandoned = 2,

    /// <summary>The peer contradicted itself: the operator must resume it, or abandon the channel.</summary>
    PeerFrozen = 3,

    /// <summary>It has timed out by this node's clock: a header of the peer from then or later must show that it was not received.</summary>
    PeerSeal = 4,

    /// <summary>The channel is paused here: nothing more is sent or received until the operator resumes it. What was sent goes on, and so do acknowledgements.</summary>
    ChannelPaused = 5,

    /// <summary>The channel is paused on the peer, whose chain can be asked because it is on the same node: it takes nothing until its operator resumes it.</summary>
    PeerPaused = 8,

    /// <summary>No header of the peer from after it was sent has come: no relay runs, or it reaches one of the two chains only.</summary>
    Relay = 6,

    /// <summary>Headers of the peer come, and none acknowledges it yet.</summary>
    Peer = 7,
}

/// <summary>A packet that is not settled, as its block committed it. Amounts in minor units.</summary>
public sealed record PacketView(uint Channel, ulong Sequence, PacketStatus Status, PacketWait Wait)
{
    /// <summary>It needs somebody to look: it does not wait just for the peer, or has waited for longer than a relay takes.</summary>
    public required bool IsStuck { get; init; }

    public required AccountNumber Sender { get; init; }

    public required Timestamp Timeout { get; init; }

    /// <summary>The transaction, and its operation, that sent it.</summary>
    public required TransactionId Transaction { get; init; }

    public required int Operation { get; init; }

    public required Height SentAt { get; init; }

    public required Timestamp SentTime { get; init; }

    /// <summary>The route, and the asset here that went over it; null for a message.</summary>
    public uint? Route { get; init; }

    public AssetNumber? Asset { get; init; }

    public long? Amount { get; init; }

    /// <summary>The account on the peer; null for a message.</summary>
    public AccountNumber? Recipient { get; init; }

    /// <summary>The payment on the peer that it carries out; null for none.</summary>
    public PendingNumber? Delivers { get; init; }

    public ReadOnlyMemory<byte> Memo { get; init; }

    /// <summary>Of a message: who takes it on the peer, and what.</summary>
    public string? Handler { get; init; }

    public ReadOnlyMemory<byte> Payload { get; init; }
}

/// <summary>Which packets of a channel to give, in order of sequence.</summary>
public sealed record PacketQuery
{
    public const int PacketsPerPageMax = 200;

    /// <summary>Longer than a relay takes between two chains that both run.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    /// <summary>Go on after this sequence.</summary>
    public ulong After { get; init; }

    /// <summary>1 to <see cref="PacketsPerPageMax"/>.</summary>
    public int CountMax { get; init; } = 50;

    public PacketStatus? Status { get; init; }

    public bool OnlyStuck { get; init; }
}

/// <summary>
/// Packets in order of sequence. <see cref="Next"/> is the After of the next page, null at the end; a page may be short, or empty, and have a next one: so
/// many packets are looked at and no more.
/// </summary>
public sealed record PacketPage(ChannelView Channel, IReadOnlyList<PacketView> Packets, ulong? Next);

/// <summary>What became of a packet that the peer sent: accepted (<see cref="Outcome"/> Committed), or why not; and the operation that received it.</summary>
public sealed record ReceivedPacketView(uint Channel, ulong Sequence, Outcome Outcome, Height Height, TransactionId Transaction, int Operation);

/// <summary>The packet; or null with the height below which the search goes on: so many blocks are looked at and no more.</summary>
public sealed record ReceivedPacketSearch(ReceivedPacketView? Packet, Height? Before);
