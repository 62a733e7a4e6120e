using System.Runtime.InteropServices;

namespace Actors.Ledger.Accounts;

/// <summary>Table 4: a run of accounts opened together for one keyset. One record, however many accounts.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct RangeRecord
{
    [FieldOffset(0)] public ulong First;
    [FieldOffset(8)] public ulong Count;
    [FieldOffset(16)] public uint Owner;
    [FieldOffset(20)] private uint _assetAndFlags;
    [FieldOffset(24)] public long Floor;
    [FieldOffset(32)] public long Ceiling;
    [FieldOffset(40)] public ulong OpenedAt;

    public uint Asset
    {
        readonly get => _assetAndFlags & 0xFFFFFF;
        set => _assetAndFlags = (_assetAndFlags & 0xFF000000) | value;
    }

    /// <summary>What every account of the range starts with.</summary>
    public AccountFlags Flags
    {
        readonly get => (AccountFlags)(_assetAndFlags >> 24);
        set => _assetAndFlags = (_assetAndFlags & 0xFFFFFF) | ((uint)value << 24);
    }
}
