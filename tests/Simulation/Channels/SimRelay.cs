using Actors.Engine.History;
using Actors.Engine.Reads;
using Actors.Engine.Relays;
using Actors.Ledger;

namespace Actors.Simulation.Channels;

/// <summary>
/// Carries what one side of a channel has for the other, as the node's relay does: it goes on from where the other side stands, sends the next batch
/// without waiting for the answer to the last, and remembers nothing that it could not find out again.
/// </summary>
internal sealed class SimRelay(ChannelChain from, uint fromChannel, ChannelChain to, uint toChannel)
{
    private const ulong ValidityMs = 60_000;
    private (RelayCursor Cursor, uint Peer)? _at;

    public ChannelChain From => from;

    public uint FromChannel => fromChannel;

    public ChannelChain To => to;

    public uint ToChannel => toChannel;

    /// <summary>What the other side said last, where somebody listened.</summary>
    public string LastAnswer { get; set; } = "nothing";

    /// <summary>Forgets all that is not on a chain.</summary>
    public void Die() => _at = null;

    /// <summary>The next batch for the other side, through one process of each; null when there is none.</summary>
    public byte[]? Carry(SimWriter source, SimWriter target)
    {
        if (_at is null)
        {
            if (RelayReads.Position(target.Core, toChannel) is not { PeerFrozen: false } position)
            {
                return null;
            }

            // A side that is paused receives nothing, and settles what it has sent all the same.
            _at = (position.Paused ? position.Cursor with { Received = Limits.SequenceMax } : position.Cursor, position.Peer);
        }

        var (cursor, peer) = _at.Value;
        if (Export(source, RelayReads.Outline(source.Core, fromChannel, cursor)) is not { } batch)
        {
            _at = null;
            return null;
        }

        _at = (batch.Next, peer);
        return batch.Encode(to.Genesis, peer, toChannel, Expiry);
    }

    /// <summary>
    /// What shows the other side that packets of its own were not received at their timeout; null when none is due. If that takes a newer block
    /// of this side, one is asked for.
    /// </summary>
    public byte[]? CarryTimeouts(SimWriter source, SimWriter target)
    {
        if (RelayReads.Position(target.Core, toChannel) is not { PeerFrozen: false } position
            || PacketTimeouts.Find(target.Core, toChannel, to.Clock.UnixMs) is not { } packets)
        {
            return null;
        }

        if (source.Core.Committed.TimeMs < packets.Latest.Ms)
        {
            if (from.Clock.UnixMs >= packets.Latest.Ms)
            {
                Sometimes.Happened("an idle chain was asked for a block");
                source.Core.Request(new ProofRequest(new AccountNumber(1)));
            }

            return null;
        }

        if (Export(source, RelayReads.OutlinePosition(source.Core, fromChannel, position.Cursor)) is not { } batch)
        {
            return null;
        }

        return batch.NotReceived(packets) is { } left ? batch.EncodeTimeOut(to.Genesis, position.Peer, toChannel, left, Expiry)
            : batch.IsOnTheWay(packets) ? batch.Encode(to.Genesis, position.Peer, toChannel, Expiry)
            : null;
    }

    /// <summary>What shows the other side this side's newest header and nothing else.</summary>
    public byte[] CarryHeader(SimWriter source, SimWriter target)
    {
        var position = RelayReads.Position(target.Core, toChannel)!;
        return Export(source, RelayReads.OutlinePosition(source.Core, fromChannel, position.Cursor))!.EncodeUpdate(to.Genesis, position.Peer, Expiry);
    }

    private Timestamp Expiry => new(to.Clock.UnixMs + ValidityMs);

    private RelayBatch? Export(SimWriter source, RelayOutline? outline) =>
        outline is null ? null : new RelayExports(source.Store, new HistoryReader(source.Store, from.Genesis.Hash)).Fill(outline);
}
