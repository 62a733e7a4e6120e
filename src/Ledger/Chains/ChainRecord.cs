using System.Runtime.InteropServices;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Chains;

/// <summary>The one record of table 0: who operates the chain and which key seals its blocks.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct ChainRecord
{
    [FieldOffset(0)] public uint Operator;
    [FieldOffset(4)] public byte SealingScheme;
    [FieldOffset(8)] public PublicKey SealingKey;

    /// <summary>The height whose block changed the key; the key seals from the next one on.</summary>
    [FieldOffset(72)] public ulong SealingKeySince;

    /// <summary>How often the key was changed; at most <see cref="Limits.KeyChangesPerAnchorMax"/>.</summary>
    [FieldOffset(80)] public ushort SealingKeyChanges;
}
