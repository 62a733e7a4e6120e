using Actors.Engine.Relays;
using Actors.Gateway.Json.Operations;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Gateway.Relays;

/// <summary>Where a channel stands on one side. The last five are the cursor with which the other side is asked for what it has.</summary>
internal sealed record RelayPositionJson(uint Channel, bool Paused)
{
    /// <summary>init, try, open or abandoned.</summary>
    public required string State { get; init; }

    /// <summary>The number of the other chain's light client here.</summary>
    public required uint Peer { get; init; }

    public required string PeerName { get; init; }

    public required Hash256 PeerGenesis { get; init; }

    /// <summary>The channel's number there; 0 as long as it is not known.</summary>
    public required uint PeerChannel { get; init; }

    public required bool PeerFrozen { get; init; }

    public required ulong Sent { get; init; }

    public required ulong Settled { get; init; }

    public required ulong Held { get; init; }

    public required ulong SealedSince { get; init; }

    public required ulong Received { get; init; }

    public required ulong Consumed { get; init; }

    public required bool Confirmed { get; init; }

    public static RelayPositionJson From(uint channel, RelayPosition position) => new(channel, position.Paused)
    {
        State = position.State.ToString().ToLowerInvariant(),
        Peer = position.Peer,
        PeerName = position.PeerName,
        PeerGenesis = position.PeerGenesis,
        PeerChannel = position.PeerChannel,
        PeerFrozen = position.PeerFrozen,
        Sent = position.Sent,
        Settled = position.Settled,
        Held = position.Cursor.Held,
        SealedSince = position.Cursor.SealedSince,
        Received = position.Cursor.Received,
        Consumed = position.Cursor.Consumed,
        Confirmed = position.Cursor.IsConfirmed,
    };
}

/// <summary>Packets that have timed out, in order of sequence.</summary>
/// <param name="Ranges">Neighbouring ones together.</param>
/// <param name="Latest">The latest of their timeouts.</param>
internal sealed record TimedOutJson(IReadOnlyList<SequenceRangeJson> Ranges, Timestamp Latest)
{
    public static TimedOutJson From(TimedOutPackets packets) =>
        new([.. packets.Ranges.Select(range => new SequenceRangeJson(range.First, range.Count))], packets.Latest);
}
