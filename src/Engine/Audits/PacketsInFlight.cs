using Actors.Ledger.Channels;
using Actors.Ledger.State;

namespace Actors.Engine.Audits;

/// <summary>
/// Packets that one side of a channel has sent and that are not settled: which were accepted by the other side and which were refunded, and the value of
/// those that were neither. At most as many as the channel has in flight.
/// </summary>
internal sealed class PacketsInFlight
{
    private readonly Dictionary<ulong, (long Amount, uint Route, bool Ended)> _packets = [];
    private readonly Dictionary<uint, Int128> _values = [];
    private ulong _settled;

    public Int128 ValueOf(uint route) => _values.GetValueOrDefault(route);

    public void Sent(ChainState state, SentRun run)
    {
        ref readonly var channel = ref state.Channels.Read(run.Channel);
        for (var sequence = run.First; sequence < run.First + (ulong)run.Ends.Length; sequence++)
        {
            ref readonly var packet = ref state.Channels.Packet(channel.SlotOf(sequence));
            _packets[sequence] = (packet.Amount, packet.Route, false);
            _values[packet.Route] = ValueOf(packet.Route) + packet.Amount;
        }
    }

    /// <summary>The other side credited it. False when there is no such packet of this value that has no end yet.</summary>
    public bool Accept(ulong sequence, long amount) => _packets.TryGetValue(sequence, out var packet) && packet.Amount == amount && End(sequence, amount);

    /// <summary>
    /// This side gave it back; less than it was where the account has no room for more, and the rest counts as in flight for ever. False when it was
    /// accepted or has come back before.
    /// </summary>
    public bool Refund(ulong sequence, long amount) => End(sequence, amount);

    /// <summary>Packets up to this one were acknowledged: nothing can happen to them any more.</summary>
    public void Forget(ulong settled)
    {
        while (_settled < settled)
        {
            _packets.Remove(++_settled);
        }
    }

    private bool End(ulong sequence, long amount)
    {
        if (!_packets.TryGetValue(sequence, out var packet) || packet.Ended)
        {
            return false;
        }

        _packets[sequence] = packet with { Ended = true };
        _values[packet.Route] -= amount;
        return true;
    }
}
