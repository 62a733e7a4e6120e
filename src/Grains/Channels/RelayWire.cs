using Actors.Engine.Relays;
using Actors.Ledger;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;

namespace Actors.Grains.Channels;

/// <summary>What relays ask and hear as it crosses between grains, and back.</summary>
internal static class RelayWire
{
    public static CursorWire Answer(in RelayCursor cursor) => new()
    {
        Held = cursor.Held,
        SealedSince = cursor.SealedSince,
        Received = cursor.Received,
        Consumed = cursor.Consumed,
        IsConfirmed = cursor.IsConfirmed,
    };

    public static RelayCursor Cursor(in CursorWire cursor) => new(cursor.Held, cursor.SealedSince, cursor.Received, cursor.Consumed, cursor.IsConfirmed);

    public static PositionAnswer Answer(RelayPosition position) => new()
    {
        Peer = position.Peer,
        PeerName = position.PeerName,
        PeerGenesis = position.PeerGenesis.ToArray(),
        PeerChannel = position.PeerChannel,
        State = position.State,
        Paused = position.Paused,
        PeerFrozen = position.PeerFrozen,
        Sent = position.Sent,
        Settled = position.Settled,
        Cursor = Answer(position.Cursor),
    };

    public static RelayPosition Position(PositionAnswer answer) => new(
        answer.Peer,
        answer.PeerName,
        new Hash256(answer.PeerGenesis),
        answer.PeerChannel,
        answer.State,
        answer.Paused,
        answer.PeerFrozen,
        answer.Sent,
        answer.Settled,
        Cursor(answer.Cursor));

    public static TimedOutAnswer Answer(TimedOutPackets packets) => new()
    {
        Firsts = [.. packets.Ranges.Select(range => range.First)],
        Counts = [.. packets.Ranges.Select(range => range.Count)],
        LatestMs = packets.Latest.Ms,
    };

    public static TimedOutPackets TimedOut(TimedOutAnswer answer) =>
        new([.. answer.Firsts.Zip(answer.Counts, (first, count) => new SequenceRange(first, count))], new Timestamp(answer.LatestMs));
}
