using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels;

/// <summary>
/// What every operation that rests on the peer's side of a channel checks alike, in this order: the peer is trusted, its header is held, the
/// record leads to that header's channels root, and it is the record of this channel's counterpart. Touches nothing.
/// </summary>
internal static class CounterpartRules
{
    public static Outcome Check(in ChannelRecord own, ulong height, ChannelProof proof, TransactionExecution execution, out PeerHeaderRecord header)
    {
        header = default;
        var peers = execution.State.Peers;
        if (peers.Read(own.Peer).IsFrozen)
        {
            return Outcome.PeerFrozen;
        }

        if (!peers.TryHeader(own.Peer, height, out header))
        {
            return Outcome.HeaderNotHeld;
        }

        if (!proof.LeadsTo(header.ChannelsRoot))
        {
            return Outcome.ChannelNotProven;
        }

        ref readonly var other = ref proof.Record;
        var isOurs = other.PeerGenesis == execution.State.Genesis.Hash
            && other.PeerChannel == own.Number
            && (own.PeerChannel == 0 || own.PeerChannel == other.Number);
        return isOurs ? Outcome.Committed : Outcome.CounterpartMismatch;
    }

    /// <summary>The same for a channel that settles: first the channel is there and open, paused or not.</summary>
    public static Outcome CheckOpen(uint channel, ulong height, ChannelProof proof, TransactionExecution execution, out ChannelRecord own, out PeerHeaderRecord header)
    {
        own = default;
        header = default;
        if (!execution.State.Channels.Exists(channel))
        {
            return Outcome.ChannelNotFound;
        }

        own = execution.State.Channels.Read(channel);
        return own.State == ChannelState.Open ? Check(own, height, proof, execution, out header) : Outcome.ChannelNotOpen;
    }
}
