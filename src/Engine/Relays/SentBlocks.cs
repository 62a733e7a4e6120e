using Actors.Engine.History;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Channels.Relaying;
using Actors.Ledger.State;

namespace Actors.Engine.Relays;

/// <summary>
/// Reads the packets of a channel that are not settled out of the blocks that its slots name. Only while the chain is being opened: it
/// reads the state.
/// </summary>
internal sealed class SentBlocks(ChainState state, IChainStore store)
{
    private ulong _height;
    private List<SentPacket> _packets = [];

    /// <exception cref="StoreCorruptException">A block does not hold the packets that the state says it sent.</exception>
    public void Load(uint number, LeafLog into)
    {
        ref readonly var channel = ref state.Channels.Read(number);
        into.StartAt(channel.Settled + 1);
        while (into.Next <= channel.Sent)
        {
            var height = state.Channels.Packet(channel.SlotOf(into.Next)).Height;
            var leaves = PacketsOf(height).Where(packet => packet.Channel == number && packet.Sequence >= into.Next).Select(packet => packet.Bytes).ToList();
            if (leaves.Count == 0)
            {
                throw new StoreCorruptException($"expected packet {into.Next} of channel {number} in block {height}, found none");
            }

            into.Append(leaves);
        }
    }

    private List<SentPacket> PacketsOf(ulong height)
    {
        if (height != _height)
        {
            _packets = SentPackets.Of(StoredBlocks.Parse(store, new Height(height)), state.Routes);
            _height = height;
        }

        return _packets;
    }
}
