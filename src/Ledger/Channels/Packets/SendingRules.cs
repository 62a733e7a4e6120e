using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Packets;

/// <summary>What sending value and sending a message check alike of the channel, in the documented order. Touches nothing.</summary>
internal static class SendingRules
{
    public static Outcome Check(uint number, in Hash256? peer, Timestamp timeout, TransactionExecution execution)
    {
        var state = execution.State;
        ref readonly var channel = ref state.Channels.Read(number);
        if (channel.State != ChannelState.Open)
        {
            return Outcome.ChannelNotOpen;
        }

        if (peer is { } named && named != channel.PeerGenesis)
        {
            return Outcome.PeerMismatch;
        }

        if (state.Peers.Read(channel.Peer).IsFrozen)
        {
            return Outcome.PeerFrozen;
        }

        if (channel.IsPaused)
        {
            return Outcome.ChannelPaused;
        }

        if (timeout.Ms <= execution.TimeMs)
        {
            return Outcome.TimeoutPassed;
        }

        if (timeout.Ms > execution.TimeMs + Limits.PacketTimeoutMsMax)
        {
            return Outcome.TimeoutTooFar;
        }

        var sent = channel.Sent + state.Journal.SentBy(number);
        return sent - channel.Settled < channel.InFlightMax && sent < Limits.SequenceMax ? Outcome.Committed : Outcome.ChannelFull;
    }
}
