using System.Text;
using Actors.Engine.Chains;
using Actors.Engine.Reads;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.State;

namespace Actors.Engine.Relays;

/// <summary>What a relay reads of a chain, as of the newest durable block. Used on the chain's loop only.</summary>
internal static class RelayReads
{
    /// <summary>Of the bytes of an envelope, what the header, its proofs and the records leave for packets and acknowledgements.</summary>
    private const int RunBytesMax = Limits.EnvelopeBytesMax / 4;

    /// <summary>Each is of a packet at least that the other side has not settled: none is further behind, whatever a cursor says, and the walk back ends.</summary>
    private const ulong BehindMax = Limits.InFlightMax;
    internal const int AcknowledgementBytesMax = Limits.EnvelopeBytesMax / 8;

    public static RelayPosition? Position(ChainCore core, uint number)
    {
        if (number == 0 || number > core.Channels.Count)
        {
            return null;
        }

        ref readonly var channel = ref core.Channels.Read(number);
        if (!CommittedRecords.TryRead<PeerRecord>(core, TableId.Peers, channel.Peer, out var peer))
        {
            throw new BrokenInvariantException($"channel {number} is to peer {channel.Peer}, which does not exist");
        }

        return new RelayPosition(
            channel.Peer,
            Encoding.Latin1.GetString(peer.Name.AsSpan()[..peer.NameLength]),
            channel.PeerGenesis,
            channel.PeerChannel,
            channel.State,
            channel.IsPaused,
            peer.IsFrozen,
            channel.Sent,
            channel.Settled,
            new RelayCursor(peer.Height, peer.SealedSince, channel.Received, channel.Consumed, channel.State == ChannelState.Open));
    }

    /// <summary>The newest header and where the channel stands; null when the other side holds a newer one than this reader has.</summary>
    public static RelayOutline? OutlinePosition(ChainCore core, uint number, in RelayCursor cursor) =>
        number == 0 || number > core.Channels.Count || !HasWhatIsHeld(core, cursor) ? null : Of(core, number, cursor, false, []);

    /// <summary>All that a batch holds but what is read from the log; null when there is nothing to carry.</summary>
    public static RelayOutline? Outline(ChainCore core, uint number, in RelayCursor cursor)
    {
        var head = core.Committed;
        if (number == 0 || number > core.Channels.Count || !HasWhatIsHeld(core, cursor))
        {
            return null;
        }

        ref readonly var channel = ref core.Channels.Read(number);
        var confirms = !cursor.IsConfirmed && channel.State is ChannelState.Try or ChannelState.Open;
        var packets = cursor.IsConfirmed && channel.Sent > cursor.Received ? core.Channels.Packets(number).Runs(cursor.Received + 1, RunBytesMax) : [];
        var acknowledges = cursor.IsConfirmed && channel.Acknowledged > cursor.Consumed && channel.Acknowledged - cursor.Consumed <= BehindMax;
        if (!confirms && packets.Count == 0 && !acknowledges)
        {
            return null;
        }

        var outline = Of(core, number, cursor, confirms, packets);
        return outline.Header.Height.Value < head.Height ? outline : outline with
        {
            Acknowledges = acknowledges,
            Acknowledgements = acknowledges ? core.Channels.Acknowledgements(number).Run(cursor.Consumed + 1, Limits.PacketsPerOperationMax, AcknowledgementBytesMax) : null,
        };
    }

    // The newest header may be held without what it proves: another channel's batch brought it, or a timeout, or anybody. Showing it again does no harm.
    private static bool HasWhatIsHeld(ChainCore core, in RelayCursor cursor) => core.Committed.Height > 0 && core.Committed.Height >= cursor.Held;

    private static RelayOutline Of(ChainCore core, uint number, RelayCursor cursor, bool confirms, IReadOnlyList<LeafRun> packets)
    {
        var head = core.Committed;
        var header = BlockHeader.Decode(head.SignedHeader.Span[..BlockHeader.Size]);
        var seal = new Signature(head.SignedHeader.Span[BlockHeader.Size..]);
        KeyChange[] changes = [.. ChangesFrom(core.KeyChangesSoFar, Math.Max(cursor.Held, cursor.SealedSince + 1)).TakeWhile(change => change.Header.Height < header.Height)];
        if (changes.Length > Limits.KeyChangesPerUpdateMax)
        {
            // A step on the way: the last change that an update has room for made the key that seals the header of the next one.
            var next = changes[^1];
            return new RelayOutline(cursor, next.Header, next.Seal, changes[..^1], core.Channels.Prove(number), Confirms: false, []);
        }

        return new RelayOutline(cursor, header, seal, changes, core.Channels.Prove(number), confirms, packets);
    }

    /// <summary>Those from a height on, one more than an update has room for at most. Most chains have had none for long: looked for from the end.</summary>
    private static IEnumerable<KeyChange> ChangesFrom(IReadOnlyList<KeyChange> changes, ulong height)
    {
        var first = changes.Count;
        while (first > 0 && changes[first - 1].Header.Height.Value >= height)
        {
            first--;
        }

        return changes.Skip(first).Take(Limits.KeyChangesPerUpdateMax + 1);
    }
}
