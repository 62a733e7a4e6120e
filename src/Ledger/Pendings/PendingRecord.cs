using System.Runtime.InteropServices;
using Actors.Ledger.Assets;

namespace Actors.Ledger.Pendings;

/// <summary>Table 6: value set aside until it is posted, voided or expires.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct PendingRecord
{
    [FieldOffset(0)] public ulong Debit;
    [FieldOffset(8)] public ulong Credit;
    [FieldOffset(16)] public long Amount;
    [FieldOffset(24)] private ulong _timeoutAndState;
    [FieldOffset(32)] public uint Decider;
    [FieldOffset(36)] public ushort GroupSize;

    /// <summary>Of <see cref="Reference"/>, whose own last bytes may be zero; 0 for none.</summary>
    [FieldOffset(38)] public byte ReferenceLength;

    /// <summary>The first pending of the group; the pending itself when it stands alone.</summary>
    [FieldOffset(40)] public ulong GroupFirst;
    [FieldOffset(48)] public Bytes16 Reference;

    public ulong TimeoutMs
    {
        readonly get => _timeoutAndState & Limits.TimeMsMax;
        set => _timeoutAndState = (_timeoutAndState & ~Limits.TimeMsMax) | value;
    }

    public PendingState State
    {
        readonly get => (PendingState)(byte)(_timeoutAndState >> 48);
        set => _timeoutAndState = (_timeoutAndState & Limits.TimeMsMax) | ((ulong)value << 48);
    }
}

public enum PendingState : byte
{
    None = 0,
    Open = 1,
    Posted = 2,
    Voided = 3,
    Expired = 4,
}
