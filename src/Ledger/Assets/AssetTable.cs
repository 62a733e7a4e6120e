using System.Runtime.InteropServices;
using System.Text;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.State;

namespace Actors.Ledger.Assets;

/// <summary>Assets, and an index over their codes that is rebuilt from the table.</summary>
internal sealed class AssetTable(PagedTable assets)
{
    private readonly Dictionary<string, uint> _byCode = [];
    private readonly List<string> _codes = [];

    public uint Count => (uint)assets.Count;

    public bool Exists(ulong number) => number > 0 && number <= assets.Count;

    public ref readonly AssetRecord Read(uint number) => ref RecordLayout.As<AssetRecord>(assets.Read(number));

    public string Code(uint number)
    {
        var record = Read(number);
        return Encoding.Latin1.GetString(record.Code.AsSpan()[..record.CodeLength]);
    }

    public bool IsTaken(string code) => _byCode.ContainsKey(code);

    public uint? Find(string code) => _byCode.TryGetValue(code, out var number) ? number : null;

    public uint Create(in CreateAsset operation, uint issuer, ulong height)
    {
        var number = Create(operation.Code, operation.Scale, issuer, height, out var record);
        record[0].Flags = operation.Restricted ? AssetRecord.Restricted : (byte)0;
        return number;
    }

    /// <summary>Creates the asset that stands for a peer's.</summary>
    public uint CreateVoucher(in Voucher voucher, uint channel, uint issuer, ulong height)
    {
        var number = Create(voucher.Code, voucher.Scale, issuer, height, out var record);
        record[0].Channel = channel;
        record[0].PeerAsset = voucher.PeerAsset;
        return number;
    }

    /// <summary>Brings the index back in line after a roll-back or a load.</summary>
    public void Reindex()
    {
        while (_codes.Count > (int)assets.Count)
        {
            _byCode.Remove(_codes[^1]);
            _codes.RemoveAt(_codes.Count - 1);
        }

        while (_codes.Count < (int)assets.Count)
        {
            Index(Code((uint)_codes.Count + 1));
        }
    }

    private uint Create(string code, byte scale, uint issuer, ulong height, out Span<AssetRecord> record)
    {
        var number = (uint)assets.Add();
        record = MemoryMarshal.Cast<byte, AssetRecord>(assets.Write(number));
        record[0].CodeLength = (byte)Encoding.Latin1.GetBytes(code, record[0].Code.AsSpan());
        record[0].Scale = scale;
        record[0].Issuer = issuer;
        record[0].CreatedAt = height;
        Index(code);
        return number;
    }

    private void Index(string code)
    {
        _codes.Add(code);
        _byCode.Add(code, (uint)_codes.Count);
    }
}
