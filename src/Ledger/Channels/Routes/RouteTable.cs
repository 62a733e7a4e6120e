using Actors.Ledger.State;

namespace Actors.Ledger.Channels.Routes;

/// <summary>Routes, and indexes that are rebuilt from the table: by account, by what a packet says of its asset, and by channel.</summary>
internal sealed class RouteTable(PagedTable routes)
{
    private readonly Dictionary<ulong, uint> _byAccount = [];
    private readonly Dictionary<(uint Channel, bool Homeward, uint Asset), uint> _byPacket = [];
    private readonly Dictionary<(uint Channel, uint Asset), uint> _byAsset = [];
    private readonly Dictionary<uint, List<uint>> _byChannel = [];
    private readonly List<RouteRecord> _known = [];

    public uint Count => (uint)routes.Count;

    public bool Exists(ulong number) => number > 0 && number <= routes.Count;

    public ref readonly RouteRecord Read(uint number) => ref RecordLayout.As<RouteRecord>(routes.Read(number));

    public ref RouteRecord Write(uint number) => ref RecordLayout.As<RouteRecord>(routes.Write(number));

    /// <summary>The route whose account this is.</summary>
    public bool TryFindAccount(ulong account, out uint number) => _byAccount.TryGetValue(account, out number);

    /// <summary>The route that a packet arriving over a channel names: homeward by the asset's number here, else by its number on the peer.</summary>
    public bool TryFindPacket(uint channel, bool homeward, uint asset, out uint number) => _byPacket.TryGetValue((channel, homeward, asset), out number);

    /// <summary>Whether the channel has a route for the asset of this chain.</summary>
    public bool IsTaken(uint channel, uint asset) => _byAsset.ContainsKey((channel, asset));

    /// <summary>The channel's route for the asset of this chain.</summary>
    public bool TryFindAsset(uint channel, uint asset, out uint number) => _byAsset.TryGetValue((channel, asset), out number);

    /// <summary>The routes over a channel, in order of number.</summary>
    public IReadOnlyList<uint> Over(uint channel) => _byChannel.TryGetValue(channel, out var numbers) ? numbers : [];

    public uint Open(in RouteRecord record)
    {
        var number = (uint)routes.Add();
        Write(number) = record;
        Index(record);
        return number;
    }

    /// <summary>Brings the indexes back in line after a roll-back or a load.</summary>
    public void Reindex()
    {
        while (_known.Count > (int)routes.Count)
        {
            var record = _known[^1];
            _byAccount.Remove(record.Account);
            _byPacket.Remove(KeyOf(record));
            _byAsset.Remove((record.Channel, record.Asset));
            var over = _byChannel[record.Channel];
            over.RemoveAt(over.Count - 1);
            _known.RemoveAt(_known.Count - 1);
        }

        while (_known.Count < (int)routes.Count)
        {
            Index(Read((uint)_known.Count + 1));
        }
    }

    private static (uint Channel, bool Homeward, uint Asset) KeyOf(in RouteRecord record) =>
        (record.Channel, !record.IsVoucher, record.IsVoucher ? record.PeerAsset : record.Asset);

    private void Index(in RouteRecord record)
    {
        _known.Add(record);
        var number = (uint)_known.Count;
        _byAccount.Add(record.Account, number);
        _byPacket.Add(KeyOf(record), number);
        _byAsset.Add((record.Channel, record.Asset), number);
        if (!_byChannel.TryGetValue(record.Channel, out var over))
        {
            _byChannel.Add(record.Channel, over = []);
        }

        over.Add(number);
    }
}
