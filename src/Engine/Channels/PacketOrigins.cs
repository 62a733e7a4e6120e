using Actors.Engine.History;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Relaying;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Channels;

/// <summary>The transaction that sent a packet, and when.</summary>
internal readonly record struct PacketOrigin(TransactionId Transaction, int Operation, Timestamp Time);

/// <summary>Finds which transactions sent packets, in the blocks that their slots name. Neighbouring packets are mostly of one block, which is read once.</summary>
internal sealed class PacketOrigins(IChainStore store)
{
    private ulong _height;
    private Block? _block;
    private Dictionary<(AccountNumber Through, uint Channel, ulong Sequence), SentPlace> _places = [];

    /// <exception cref="StoreException">The block cannot be read, or has not sent the packet.</exception>
    public PacketOrigin Find(uint channel, UnsettledPacket packet)
    {
        var block = Read(packet.Record.Height);
        if (_places.TryGetValue(packet.Route is { } route ? (route.Account, 0, packet.Sequence) : (default, channel, packet.Sequence), out var place))
        {
            return new PacketOrigin(block.Transactions[place.Transaction].Transaction.Id, place.Operation, block.Header.Time);
        }

        throw new StoreCorruptException($"expected packet {packet.Sequence} of channel {channel} in block {packet.Record.Height}, found none");
    }

    private Block Read(ulong height)
    {
        if (_block is null || height != _height)
        {
            _block = StoredBlocks.Parse(store, new Height(height));
            _places = SentPlaces.Of(_block).ToDictionary(place => (place.Through, place.Channel, place.Sequence));
            _height = height;
        }

        return _block;
    }
}
