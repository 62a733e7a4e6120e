using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Ledger.Channels;

/// <summary>Channels with the edges of their four trees and the slots of their unsettled packets, the tree over all of them, and an index by peer that is rebuilt from the table.</summary>
internal sealed class ChannelTable(PagedTable channels, PagedTable edges, PagedTable packets)
{
    private const ulong EdgesPerChannel = 4;
    private readonly ChannelTree _tree = new();
    private readonly HashSet<uint> _written = [];
    private readonly SortedSet<uint> _changed = [];
    private readonly List<uint> _peers = [];
    private readonly Dictionary<uint, List<uint>> _byPeer = [];

    public uint Count => (uint)channels.Count;

    public bool Exists(ulong number) => number > 0 && number <= channels.Count;

    public ref readonly ChannelRecord Read(uint number) => ref RecordLayout.As<ChannelRecord>(channels.Read(number));

    public ReadOnlySpan<byte> Bytes(uint number) => channels.Read(number);

    public ref ChannelRecord Write(uint number)
    {
        _written.Add(number);
        _changed.Add(number);
        return ref RecordLayout.As<ChannelRecord>(channels.Write(number));
    }

    /// <summary>The channels to a peer, in order of number.</summary>
    public IReadOnlyList<uint> To(uint peer) => _byPeer.TryGetValue(peer, out var numbers) ? numbers : [];

    /// <summary>Whether a channel here is joined to this channel of a peer already.</summary>
    public bool IsJoined(uint peer, uint peerChannel)
    {
        foreach (var number in To(peer))
        {
            if (Read(number).PeerChannel == peerChannel)
            {
                return true;
            }
        }

        return false;
    }

    public uint Open(ChannelRecord record)
    {
        var number = (uint)channels.Add();
        edges.Add(EdgesPerChannel);
        record.Number = number;
        record.FirstSlot = packets.Add(record.InFlightMax);
        record.PacketsRoot = MerkleTree.EmptyRoot;
        record.AcknowledgementsRoot = MerkleTree.EmptyRoot;
        Write(number) = record;
        Reindex();
        return number;
    }

    public ref readonly PacketRecord Packet(ulong slot) => ref RecordLayout.As<PacketRecord>(packets.Read(slot));

    public ref PacketRecord WritePacket(ulong slot) => ref RecordLayout.As<PacketRecord>(packets.Write(slot));

    /// <summary>The edge of one of the channel's trees, which has so many leaves.</summary>
    public MerkleFrontier Edge(uint channel, ChannelEdge edge, ulong count) => MerkleFrontier.LoadRoots(count, edges.Read(NumberOf(channel, edge)));

    public void Store(uint channel, ChannelEdge edge, MerkleFrontier frontier) => frontier.StoreRoots(edges.Write(NumberOf(channel, edge)));

    /// <summary>The header's channels root over the records as they stand.</summary>
    public Hash256 Root()
    {
        Reindex();
        return _tree.Root();
    }

    /// <summary>Where a channel stands, for the peer: proven by the root that <see cref="Root"/> gives.</summary>
    public ChannelProof Prove(uint number)
    {
        Reindex();
        return new ChannelProof(Count, Bytes(number).ToArray(), _tree.Path((int)number - 1));
    }

    /// <summary>A roll-back brought this record back.</summary>
    public void Restored(ulong number)
    {
        _written.Add((uint)number);
        _changed.Add((uint)number);
    }

    /// <summary>The records written or brought back since this was asked last, as they stand now, in order.</summary>
    public IReadOnlyList<(uint Number, byte[] Record)> TakeChanged()
    {
        if (_changed.Count == 0)
        {
            return [];
        }

        var changed = new List<(uint, byte[])>(_changed.Count);
        foreach (var number in _changed)
        {
            if (Exists(number))
            {
                changed.Add((number, Bytes(number).ToArray()));
            }
        }

        _changed.Clear();
        return changed;
    }

    /// <summary>Brings tree and index back in line after writes, a roll-back or a load.</summary>
    public void Reindex()
    {
        while (_tree.Count > (int)channels.Count)
        {
            _tree.RemoveLast();
            var to = _byPeer[_peers[^1]];
            to.RemoveAt(to.Count - 1);
            _peers.RemoveAt(_peers.Count - 1);
        }

        while (_tree.Count < (int)channels.Count)
        {
            var number = (uint)_tree.Count + 1;
            _tree.Add(Bytes(number));
            Index(number, Read(number).Peer);
        }

        foreach (var number in _written)
        {
            if (Exists(number))
            {
                _tree.Change((int)number - 1, Bytes(number));
            }
        }

        _written.Clear();
    }

    private void Index(uint number, uint peer)
    {
        _peers.Add(peer);
        if (!_byPeer.TryGetValue(peer, out var to))
        {
            _byPeer.Add(peer, to = []);
        }

        to.Add(number);
    }

    private static ulong NumberOf(uint channel, ChannelEdge edge) => ((channel - 1UL) * EdgesPerChannel) + (ulong)edge + 1;
}

/// <summary>The trees of a channel whose right edge is kept.</summary>
internal enum ChannelEdge
{
    /// <summary>Packets sent.</summary>
    Sent = 0,

    /// <summary>The peer's packets, as far as received.</summary>
    Received = 1,

    /// <summary>Acknowledgements written.</summary>
    Acknowledged = 2,

    /// <summary>The peer's acknowledgements, as far as consumed.</summary>
    Consumed = 3,
}
