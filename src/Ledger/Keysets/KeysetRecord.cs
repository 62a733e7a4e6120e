using System.Runtime.InteropServices;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Keysets;

/// <summary>Table 1: a keyset with its first key; further keys are <see cref="KeyRecord"/>s in a row.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct KeysetRecord
{
    [FieldOffset(0)] public PublicKey FirstKey;
    [FieldOffset(64)] public byte FirstScheme;
    [FieldOffset(65)] public byte FirstWeight;
    [FieldOffset(66)] public byte KeyCount;
    [FieldOffset(68)] public ushort Threshold;

    /// <summary>The first of KeyCount - 1 key records; 0 when there is one key.</summary>
    [FieldOffset(72)] public ulong Rest;
    [FieldOffset(80)] public ulong ChangedAt;
}

/// <summary>Table 2: the second or a further key of a keyset.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct KeyRecord
{
    [FieldOffset(0)] public PublicKey Key;
    [FieldOffset(64)] public byte Scheme;
    [FieldOffset(65)] public byte Weight;
}
