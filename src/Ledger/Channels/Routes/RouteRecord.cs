using System.Runtime.InteropServices;

namespace Actors.Ledger.Channels.Routes;

/// <summary>Table 12: the way of one asset over one channel, and the system account that its value goes through.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct RouteRecord
{
    public const long NoLimit = 0;

    [FieldOffset(0)] public uint Channel;

    /// <summary>The asset here: the original at home, the voucher away.</summary>
    [FieldOffset(4)] public uint Asset;
    [FieldOffset(8)] public ulong Account;

    /// <summary>The peer's number of the original; 0 at home.</summary>
    [FieldOffset(16)] public uint PeerAsset;

    /// <summary>Value an hour that may leave, and that may arrive; 0 for no limit.</summary>
    [FieldOffset(24)] public long LimitPerHour;
    [FieldOffset(32)] public ulong WindowStartMs;
    [FieldOffset(40)] public long SentInWindow;
    [FieldOffset(48)] public long ReceivedInWindow;
    [FieldOffset(56)] public ulong OpenedAt;

    /// <summary>The original is the peer's and the account issues the voucher; otherwise the account is the escrow.</summary>
    public readonly bool IsVoucher => PeerAsset != 0;
}
