using Actors.Engine.Relays;

namespace Actors.Engine.Chains;

/// <summary>When a chain that nobody calls, and that may be open nowhere, is to be woken.</summary>
internal static class ChainDue
{
    /// <summary>Packets that are unsettled so long after the last block are looked after, should whoever carried them be gone.</summary>
    private const ulong UnsettledMs = 60_000;

    /// <summary>A channel whose other side has been gone for long is looked after less and less often, but so often at least.</summary>
    private const ulong UnsettledMsMax = 3_600_000;

    /// <summary>The earliest of what is due; null: nothing.</summary>
    /// <param name="pendingMs">When the next pending expires.</param>
    /// <param name="packetMs">When the next packet times out.</param>
    /// <param name="unsettledChannels">Channels with packets that are neither acknowledged nor refunded.</param>
    /// <param name="nowMs">Unix time.</param>
    /// <param name="idleMs">How long ago the last block was.</param>
    public static ulong? Next(ulong? pendingMs, ulong? packetMs, int unsettledChannels, ulong nowMs, ulong idleMs)
    {
        // What has timed out, or soon will, is unsettled: when that is looked after is said below.
        var packet = packetMs > nowMs + PacketTimeouts.LookAgainAfterMs ? packetMs.Value : ulong.MaxValue;
        var due = Math.Min(pendingMs ?? ulong.MaxValue, packet);
        if (unsettledChannels > 0)
        {
            due = Math.Min(due, nowMs + Math.Clamp(idleMs, UnsettledMs, UnsettledMsMax));
        }

        return due == ulong.MaxValue ? null : due;
    }
}
