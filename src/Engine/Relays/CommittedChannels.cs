using Actors.Engine.Stores;
using Actors.Ledger.Channels;
using Actors.Ledger.State;

namespace Actors.Engine.Relays;

/// <summary>
/// A chain's channels as of its newest durable block, whatever was executed since: records with their paths to the channels root of that
/// block's header, and the leaves that the other side has not settled. Used on the chain's loop only.
/// </summary>
internal sealed class CommittedChannels
{
    private readonly ChannelTree _tree = new();
    private readonly List<Entry> _entries = [];
    private ulong? _earliestTimeoutMs;

    /// <summary>How many channels wait for their other side.</summary>
    public int UnsettledCount { get; private set; }

    /// <summary>The channels of a chain that is opened: what is not settled is read out of the blocks that sent it.</summary>
    /// <exception cref="StoreException">A block cannot be read, or is not what the state says of it.</exception>
    public static CommittedChannels Load(ChainState state, IChainStore store)
    {
        var loaded = new CommittedChannels();
        var blocks = new SentBlocks(state, store);
        for (uint number = 1; number <= state.Channels.Count; number++)
        {
            loaded.Apply(number, state.Channels.Bytes(number).ToArray());
            blocks.Load(number, loaded.Packets(number));
            loaded.Expect(number, PacketTimeouts.Earliest(state, number));
        }

        return loaded;
    }

    public uint Count => (uint)_entries.Count;

    public void Apply(BlockChannels block)
    {
        foreach (var (number, record) in block.Records)
        {
            Apply(number, record);
        }

        foreach (var run in block.Sent)
        {
            var entry = _entries[(int)run.Channel - 1];
            entry.Packets.Append(run.Bytes, run.Ends, run.Hashes);
            entry.EarliestMs = Math.Min(entry.EarliestMs, run.TimeoutMs);
            SetTimeout(run.Channel, Math.Min(entry.TimeoutMs, run.TimeoutMs));
        }

        foreach (var acknowledgement in block.Acknowledged)
        {
            _entries[(int)acknowledgement.Channel - 1].Add(acknowledgement);
        }
    }

    /// <summary>Channels that wait for their other side.</summary>
    public IReadOnlyList<uint> Unsettled() => [.. Enumerable.Range(1, _entries.Count).Select(number => (uint)number).Where(number => Read(number).Settled < Read(number).Sent)];

    /// <summary>Before this time no packet times out that nobody has looked at; nothing when none is unsettled.</summary>
    public ulong? NextTimeoutMs()
    {
        // Asked at every commit, and most commits move no channel.
        var earliest = _earliestTimeoutMs ??= _entries.Count == 0 ? ulong.MaxValue : _entries.Min(entry => entry.TimeoutMs);
        return earliest == ulong.MaxValue ? null : earliest;
    }

    /// <summary>As <see cref="NextTimeoutMs"/>, or earlier, once that block is durable.</summary>
    public ulong? NextTimeoutAfter(BlockChannels block)
    {
        var next = NextTimeoutMs() ?? ulong.MaxValue;
        foreach (var run in block.Sent)
        {
            next = Math.Min(next, run.TimeoutMs);
        }

        return next == ulong.MaxValue ? null : next;
    }

    /// <summary>As <see cref="UnsettledCount"/>, once that block is durable.</summary>
    public int UnsettledAfter(BlockChannels block)
    {
        var count = UnsettledCount;
        foreach (var (number, record) in block.Records)
        {
            count += Unsettled(record) - (number > Count ? 0 : Unsettled(_entries[(int)number - 1].Record));
        }

        return count;
    }

    /// <summary>Channels with packets that may have timed out by now.</summary>
    public IReadOnlyList<uint> TimedOutBy(ulong timeMs) => [.. Enumerable.Range(1, _entries.Count).Select(number => (uint)number).Where(number => _entries[(int)number - 1].TimeoutMs <= timeMs)];

    /// <summary>When the channel's timeouts are to be looked at next.</summary>
    public void SetTimeout(uint number, ulong timeMs)
    {
        // Looked for among all channels only where the one that was the earliest became later.
        var entry = _entries[(int)number - 1];
        _earliestTimeoutMs = timeMs <= _earliestTimeoutMs ? timeMs : entry.TimeoutMs > _earliestTimeoutMs ? _earliestTimeoutMs : null;
        entry.TimeoutMs = timeMs;
    }

    /// <summary>No packet of the channel that is neither acknowledged nor refunded times out before this.</summary>
    public ulong EarliestTimeoutMs(uint number) => _entries[(int)number - 1].EarliestMs;

    /// <summary>What was found the last time, as long as the channel has not moved: looking means reading every slot.</summary>
    public TimedOutPackets? TimedOut(uint number) => _entries[(int)number - 1].TimedOut;

    /// <summary>What a look at every slot of the channel found.</summary>
    public void NoteTimeouts(uint number, TimedOutPackets? timedOut, ulong earliestMs) =>
        (_entries[(int)number - 1].TimedOut, _entries[(int)number - 1].EarliestMs) = (timedOut, earliestMs);

    public ref readonly ChannelRecord Read(uint number) => ref RecordLayout.As<ChannelRecord>(_entries[(int)number - 1].Record);

    public LeafLog Packets(uint number) => _entries[(int)number - 1].Packets;

    public LeafLog Acknowledgements(uint number) => _entries[(int)number - 1].Acknowledgements;

    public ChannelProof Prove(uint number) => new(Count, _entries[(int)number - 1].Record, _tree.Path((int)number - 1));

    private static int Unsettled(byte[] bytes)
    {
        ref readonly var record = ref RecordLayout.As<ChannelRecord>(bytes);
        return record.Settled < record.Sent ? 1 : 0;
    }

    private void Apply(uint number, byte[] bytes)
    {
        ref readonly var record = ref RecordLayout.As<ChannelRecord>(bytes);
        UnsettledCount += Unsettled(bytes) - (number > Count ? 0 : Unsettled(_entries[(int)number - 1].Record));
        if (number > Count)
        {
            _tree.Add(bytes);
            _entries.Add(new Entry(bytes));
            return;
        }

        _tree.Change((int)number - 1, bytes);
        var entry = _entries[(int)number - 1];
        entry.Record = bytes;
        entry.TimedOut = null;
        entry.Packets.DropThrough(record.Settled);
        if (record.Settled == record.Sent)
        {
            Expect(number, ulong.MaxValue);
        }
    }

    private void Expect(uint number, ulong earliestMs)
    {
        _entries[(int)number - 1].EarliestMs = earliestMs;
        SetTimeout(number, earliestMs);
    }

    private sealed class Entry
    {
        // An acknowledgement is for up to 8,192 packets: this many are kept at hand, older ones are found in the log.
        private const ulong AcknowledgementsHeldMax = 4_096;

        public Entry(byte[] record)
        {
            Record = record;
            ref readonly var channel = ref RecordLayout.As<ChannelRecord>(record);
            Packets.StartAt(channel.Sent + 1);
            Acknowledgements.StartAt(channel.Acknowledged + 1);
        }

        public byte[] Record { get; set; }

        public ulong TimeoutMs { get; set; } = ulong.MaxValue;

        public ulong EarliestMs { get; set; } = ulong.MaxValue;

        public TimedOutPackets? TimedOut { get; set; }

        public LeafLog Packets { get; } = new();

        public LeafLog Acknowledgements { get; } = new();

        public void Add(in WrittenLeaf acknowledgement)
        {
            Acknowledgements.Append(acknowledgement.Bytes, [acknowledgement.Bytes.Length], [acknowledgement.Hash]);
            if (Acknowledgements.Next > AcknowledgementsHeldMax)
            {
                Acknowledgements.DropThrough(Acknowledgements.Next - AcknowledgementsHeldMax);
            }
        }
    }
}
