using System.Runtime.InteropServices;

namespace Actors.Ledger.Accounts;

/// <summary>
/// Table 5: an account in use, 64 bytes. Posted is credits minus debits in minor units. A slot that is all zero was never
/// touched: the account is as its <see cref="RangeRecord"/> says.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct AccountRecord
{
    private const ulong BlockMax = (1UL << 48) - 1;

    [FieldOffset(0)] public long Posted;
    [FieldOffset(8)] public long PendingOut;
    [FieldOffset(16)] public long PendingIn;
    [FieldOffset(24)] public long Floor;
    [FieldOffset(32)] public long Ceiling;
    [FieldOffset(40)] public uint Owner;
    [FieldOffset(44)] private uint _assetAndFlags;
    [FieldOffset(48)] private ulong _touches;
    [FieldOffset(56)] public ulong Milestone;

    public readonly bool IsUntouched => Owner == 0;

    public uint Asset
    {
        readonly get => _assetAndFlags & 0xFFFFFF;
        set => _assetAndFlags = (_assetAndFlags & 0xFF000000) | value;
    }

    public AccountFlags Flags
    {
        readonly get => (AccountFlags)(_assetAndFlags >> 24);
        set => _assetAndFlags = (_assetAndFlags & 0xFFFFFF) | ((uint)value << 24);
    }

    /// <summary>How often a block touched the account, modulo <see cref="Limits.TouchesPerMilestone"/>.</summary>
    public ushort Touches
    {
        readonly get => (ushort)_touches;
        set => _touches = (_touches & ~0xFFFFUL) | value;
    }

    /// <summary>The last block that touched the account.</summary>
    public ulong LastBlock
    {
        readonly get => _touches >> 16;
        set => _touches = (_touches & 0xFFFF) | (Math.Min(value, BlockMax) << 16);
    }
}

[Flags]
public enum AccountFlags : byte
{
    None = 0,
    Frozen = 1,
    Closed = 2,

    /// <summary>Moved by channel operations only.</summary>
    System = 4,
}
