using System.Text;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.State;

namespace Actors.Ledger.Channels.Peers;

/// <summary>The chains that this one knows, each with the ring of its last headers, and indexes by name and genesis rebuilt from the table.</summary>
internal sealed class PeerTable(PagedTable peers, PagedTable headers)
{
    private readonly Dictionary<string, uint> _byName = [];
    private readonly Dictionary<Hash256, uint> _byGenesis = [];
    private readonly List<(string Name, Hash256 Genesis)> _keys = [];

    public uint Count => (uint)peers.Count;

    public bool Exists(ulong number) => number > 0 && number <= peers.Count;

    public ref readonly PeerRecord Read(uint number) => ref RecordLayout.As<PeerRecord>(peers.Read(number));

    public ref PeerRecord Write(uint number) => ref RecordLayout.As<PeerRecord>(peers.Write(number));

    public uint? Find(string name) => _byName.TryGetValue(name, out var number) ? number : null;

    public uint? Find(in Hash256 genesis) => _byGenesis.TryGetValue(genesis, out var number) ? number : null;

    public string Name(uint number)
    {
        var record = Read(number);
        return Encoding.Latin1.GetString(record.Name.AsSpan()[..record.NameLength]);
    }

    public uint Open(ChainId name, Genesis genesis)
    {
        var number = (uint)peers.Add();
        headers.Add(Limits.PeerHeadersHeld);
        ref var record = ref Write(number);
        record.Genesis = genesis.Hash;
        record.HeaderHash = genesis.Hash;
        record.TimeMs = genesis.Settings.Created.Ms;
        record.SealingScheme = (byte)SignatureScheme.Es256;
        record.SealingKey = genesis.Settings.SealingKey;
        record.NameLength = (byte)Encoding.Latin1.GetBytes(name.Value, record.Name.AsSpan());
        Index(name.Value, genesis.Hash);
        return number;
    }

    /// <summary>The header of this height, if it is still held.</summary>
    public bool TryHeader(uint peer, ulong height, out PeerHeaderRecord header)
    {
        var taken = Read(peer).Taken;
        for (var back = 1UL; back <= Math.Min(taken, Limits.PeerHeadersHeld); back++)
        {
            header = RecordLayout.As<PeerHeaderRecord>(headers.Read(SlotOf(peer, taken - back)));
            if (header.Height == height && height != 0)
            {
                return true;
            }
        }

        header = default;
        return false;
    }

    /// <summary>Makes a header the newest one held.</summary>
    public void Take(uint peer, BlockHeader header, in Hash256 hash)
    {
        ref var record = ref Write(peer);
        record.HeaderHash = hash;
        record.Height = header.Height.Value;
        record.TimeMs = header.Time.Ms;
        RecordLayout.As<PeerHeaderRecord>(headers.Write(SlotOf(peer, record.Taken))) = new PeerHeaderRecord
        {
            Height = header.Height.Value,
            TimeMs = header.Time.Ms,
            ChannelsRoot = header.ChannelsRoot,
        };
        record.Taken++;
    }

    /// <summary>Nothing rests on the headers held any more.</summary>
    public void ForgetHeaders(uint peer)
    {
        for (var i = 0UL; i < Limits.PeerHeadersHeld; i++)
        {
            headers.Write(SlotOf(peer, i)).Clear();
        }
    }

    /// <summary>Stops everything that rests on the peer's word; <paramref name="height"/> is where it contradicted itself.</summary>
    public void Freeze(uint peer, ulong height, ulong timeMs)
    {
        ref var record = ref Write(peer);
        record.FrozenAtMs = timeMs;
        record.ConflictHeight = height;
    }

    /// <summary>Brings the indexes back in line after a roll-back or a load.</summary>
    public void Reindex()
    {
        while (_keys.Count > (int)peers.Count)
        {
            _byName.Remove(_keys[^1].Name);
            _byGenesis.Remove(_keys[^1].Genesis);
            _keys.RemoveAt(_keys.Count - 1);
        }

        while (_keys.Count < (int)peers.Count)
        {
            var number = (uint)_keys.Count + 1;
            Index(Name(number), Read(number).Genesis);
        }
    }

    private static ulong SlotOf(uint peer, ulong taken) => ((peer - 1UL) * Limits.PeerHeadersHeld) + (taken % Limits.PeerHeadersHeld) + 1;

    private void Index(string name, in Hash256 genesis)
    {
        _keys.Add((name, genesis));
        _byName.Add(name, (uint)_keys.Count);
        _byGenesis.Add(genesis, (uint)_keys.Count);
    }
}
