using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Actors.Ledger.Aliases;

/// <summary>Table 7: a name for an account, unique among the names of its owner keyset.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct AliasRecord
{
    [FieldOffset(0)] public ulong Account;
    [FieldOffset(8)] public uint Keyset;
    [FieldOffset(12)] public byte Length;
    [FieldOffset(16)] public AliasBytes Alias;
}

[InlineArray(Limits.AliasBytesMax)]
internal struct AliasBytes
{
    private byte _first;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public Span<byte> AsSpan() => MemoryMarshal.CreateSpan(ref _first, Limits.AliasBytesMax);
}
