using System.Runtime.InteropServices;

namespace Actors.Ledger.State;

/// <summary>Views the bytes of a record as its struct. The layouts are little-endian, as every machine we run on.</summary>
internal static class RecordLayout
{
    public static ref readonly TRecord As<TRecord>(ReadOnlySpan<byte> record) where TRecord : unmanaged =>
        ref MemoryMarshal.AsRef<TRecord>(record);

    public static ref TRecord As<TRecord>(Span<byte> record) where TRecord : unmanaged =>
        ref MemoryMarshal.AsRef<TRecord>(record);

    public static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("records are little-endian; this machine is not");
        }
    }
}
