using System.Runtime.InteropServices;
using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels;

/// <summary>
/// What the block being executed has sent and what packets have moved in it. Sends are gathered and hashed into their trees once, at the
/// end of the block, in lanes: a record and an edge written for each send would cost more than the send. Taken back by marks.
/// </summary>
internal sealed class ChannelJournal
{
    private readonly WireWriter _packets = new(8 * 1024);
    private readonly List<(uint Channel, int End)> _sent = [];
    private readonly Dictionary<uint, uint> _sentCounts = [];
    private readonly Dictionary<uint, ulong> _timeouts = [];
    private readonly List<PacketEffect> _effects = [];
    private List<SentRun> _runs = [];

    /// <summary>What the finished block has sent, a run a channel; nothing before it is finished.</summary>
    public IReadOnlyList<SentRun> Runs => _runs;

    public (int Sent, int Effects) Mark => (_sent.Count, _effects.Count);

    public ReadOnlySpan<PacketEffect> Effects => CollectionsMarshal.AsSpan(_effects);

    /// <summary>Packets that the block has sent over a channel so far; its record does not count them yet.</summary>
    public uint SentBy(uint channel) => _sentCounts.GetValueOrDefault(channel);

    /// <summary>Notes a packet; its bytes are what <paramref name="packet"/> holds, which is cleared.</summary>
    public void Send(uint channel, WireWriter packet, ulong timeoutMs)
    {
        ref var earliest = ref CollectionsMarshal.GetValueRefOrAddDefault(_timeouts, channel, out var known);
        earliest = known ? Math.Min(earliest, timeoutMs) : timeoutMs;
        _packets.Bytes(packet.Written);
        packet.Clear();
        _sent.Add((channel, _packets.Length));
        CollectionsMarshal.GetValueRefOrAddDefault(_sentCounts, channel, out _)++;
    }

    public void Note(in PacketEffect effect) => _effects.Add(effect);

    public void RollBackTo((int Sent, int Effects) mark)
    {
        for (var i = _sent.Count - 1; i >= mark.Sent; i--)
        {
            CollectionsMarshal.GetValueRefOrNullRef(_sentCounts, _sent[i].Channel)--;
        }

        CollectionsMarshal.SetCount(_sent, mark.Sent);
        _packets.Truncate(mark.Sent == 0 ? 0 : _sent[^1].End);
        CollectionsMarshal.SetCount(_effects, mark.Effects);
    }

    public void Clear()
    {
        _packets.Clear();
        _sent.Clear();
        _sentCounts.Clear();
        _timeouts.Clear();
        _effects.Clear();
        _runs = [];
    }

    /// <summary>Hashes the block's packets into the trees of their channels and writes the records, in order of channel.</summary>
    public void AppendTo(ChannelTable channels)
    {
        if (_sent.Count == 0)
        {
            return;
        }

        var (bytes, order, ends) = ByChannel();
        var hashes = new Hash256[order.Length];
        MerkleTree.LeafHashes(bytes.Written, ends, hashes);
        for (var first = 0; first < order.Length;)
        {
            var channel = _sent[order[first]].Channel;
            var count = (int)SentBy(channel);
            Append(channels, channel, hashes.AsSpan(first, count));
            var start = first == 0 ? 0 : ends[first - 1];
            _runs.Add(new SentRun(
                channel,
                channels.Read(channel).Sent - (ulong)count + 1,
                bytes.Written[start..ends[first + count - 1]].ToArray(),
                Array.ConvertAll(ends[first..(first + count)], end => end - start),
                hashes[first..(first + count)],
                _timeouts[channel]));
            first += count;
        }
    }

    private static void Append(ChannelTable channels, uint channel, ReadOnlySpan<Hash256> hashes)
    {
        ref var record = ref channels.Write(channel);
        var edge = channels.Edge(channel, ChannelEdge.Sent, record.Sent);
        edge.AppendRange(hashes);
        channels.Store(channel, ChannelEdge.Sent, edge);
        record.Sent = edge.Count;
        record.PacketsRoot = edge.Root();
    }

    /// <summary>The packets one behind the other in order of channel, and of sending in each.</summary>
    private (WireWriter Bytes, int[] Order, int[] Ends) ByChannel()
    {
        var order = Enumerable.Range(0, _sent.Count).ToArray();
        var ends = new int[order.Length];
        if (_sentCounts.Count == 1)
        {
            for (var i = 0; i < ends.Length; i++)
            {
                ends[i] = _sent[i].End;
            }

            return (_packets, order, ends);
        }

        var keys = Array.ConvertAll(order, index => ((ulong)_sent[index].Channel << 32) | (uint)index);
        Array.Sort(keys, order);
        var bytes = new WireWriter(_packets.Length);
        for (var i = 0; i < order.Length; i++)
        {
            bytes.Bytes(_packets.Written[StartOf(order[i]).._sent[order[i]].End]);
            ends[i] = bytes.Length;
        }

        return (bytes, order, ends);
    }

    private int StartOf(int index) => index == 0 ? 0 : _sent[index - 1].End;
}

/// <summary>
/// Packets that one block sent over a channel, from sequence <paramref name="First"/> on: their bytes, where each ends, their leaf hashes. None
/// times out before <paramref name="TimeoutMs"/>.
/// </summary>
internal sealed record SentRun(uint Channel, ulong First, ReadOnlyMemory<byte> Bytes, int[] Ends, Hash256[] Hashes, ulong TimeoutMs);
