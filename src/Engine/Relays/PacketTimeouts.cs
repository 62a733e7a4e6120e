using Actors.Engine.Chains;
using Actors.Engine.Reads;
using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.State;

namespace Actors.Engine.Relays;

/// <summary>Packets that have timed out, in order of sequence; the latest of their timeouts.</summary>
public sealed record TimedOutPackets(IReadOnlyList<SequenceRange> Ranges, Timestamp Latest);

/// <summary>Looks at the slots of unsettled packets, all of them: only when one of them is due.</summary>
internal static class PacketTimeouts
{
    /// <summary>What could not be settled when it was due is looked at again after this long.</summary>
    public const ulong LookAgainAfterMs = 10_000;

    /// <summary>The earliest timeout of a channel's packets that are neither acknowledged nor refunded. Only while the chain is being opened.</summary>
    public static ulong Earliest(ChainState state, uint number)
    {
        ref readonly var channel = ref state.Channels.Read(number);
        var earliest = ulong.MaxValue;
        for (var sequence = channel.Settled + 1; sequence <= channel.Sent; sequence++)
        {
            ref readonly var packet = ref state.Channels.Packet(channel.SlotOf(sequence));
            earliest = packet.State == PacketState.Sent ? Math.Min(earliest, packet.TimeoutMs) : earliest;
        }

        return earliest;
    }

    /// <summary>Those that have timed out by <paramref name="nowMs"/>. Sets when the channel is to be looked at next. On the chain's loop only.</summary>
    public static TimedOutPackets? Find(ChainCore core, uint number, ulong nowMs)
    {
        if (number == 0 || number > core.Channels.Count)
        {
            return null;
        }

        if (core.Channels.TimedOut(number) is { } known)
        {
            return known;
        }

        if (core.Channels.EarliestTimeoutMs(number) is var expected && expected > nowMs)
        {
            core.Channels.SetTimeout(number, expected);
            return null;
        }

        var channel = core.Channels.Read(number);
        List<SequenceRange> ranges = [];
        var (count, latest, next, earliest) = (0, 0UL, ulong.MaxValue, ulong.MaxValue);
        for (var sequence = channel.Settled + 1; sequence <= channel.Sent; sequence++)
        {
            if (!CommittedRecords.TryRead<PacketRecord>(core, TableId.Packets, channel.SlotOf(sequence), out var packet) || packet.State != PacketState.Sent)
            {
                continue;
            }

            earliest = Math.Min(earliest, packet.TimeoutMs);
            if (packet.TimeoutMs > nowMs || count == Limits.PacketsPerOperationMax)
            {
                next = Math.Min(next, packet.TimeoutMs);
                continue;
            }

            latest = Math.Max(latest, packet.TimeoutMs);
            count++;
            if (ranges.Count > 0 && ranges[^1].First + (ulong)ranges[^1].Count == sequence)
            {
                ranges[^1] = ranges[^1] with { Count = ranges[^1].Count + 1 };
            }
            else
            {
                ranges.Add(new SequenceRange(sequence, 1));
            }
        }

        core.Channels.SetTimeout(number, count == 0 ? next : Math.Min(next, nowMs + LookAgainAfterMs));
        var found = count == 0 ? null : new TimedOutPackets(ranges, new Timestamp(latest));
        core.Channels.NoteTimeouts(number, found, earliest);
        return found;
    }
}
