using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Actors.Ledger.Hashing;

/// <summary>The functions of FIPS 180-4, 4.1.2 on eight words at once, and the moves between messages and lanes.</summary>
internal static class Sha256LaneFunctions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Choose(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => ((y ^ z) & x) ^ z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> BigSigma0(Vector256<uint> x) =>
        ((x >>> 2) ^ (x << 30)) ^ ((x >>> 13) ^ (x << 19)) ^ ((x >>> 22) ^ (x << 10));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> BigSigma1(Vector256<uint> x) =>
        ((x >>> 6) ^ (x << 26)) ^ ((x >>> 11) ^ (x << 21)) ^ ((x >>> 25) ^ (x << 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> SmallSigma0(Vector256<uint> x) =>
        ((x >>> 7) ^ (x << 25)) ^ ((x >>> 18) ^ (x << 14)) ^ (x >>> 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> SmallSigma1(Vector256<uint> x) =>
        ((x >>> 17) ^ (x << 15)) ^ ((x >>> 19) ^ (x << 13)) ^ (x >>> 10);

    /// <summary>Reverses the bytes of each word: SHA-256 reads and writes words big end first, AVX2 little end first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ReverseBytes(Vector256<uint> words) =>
        Avx2.Shuffle(words.AsByte(), Vector256.Create(
            (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
            3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt32();

    /// <summary>Swaps rows and columns in place: word c of row r becomes word r of row c.</summary>
    public static void Transpose(Span<Vector256<uint>> rows)
    {
        var (low01, high01) = Interleave(rows[0], rows[1]);
        var (low23, high23) = Interleave(rows[2], rows[3]);
        var (low45, high45) = Interleave(rows[4], rows[5]);
        var (low67, high67) = Interleave(rows[6], rows[7]);
        (rows[0], rows[4], rows[1], rows[5]) = Columns(low01, low23, low45, low67);
        (rows[2], rows[6], rows[3], rows[7]) = Columns(high01, high23, high45, high67);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Low, Vector256<ulong> High) Interleave(Vector256<uint> x, Vector256<uint> y) =>
        (Avx2.UnpackLow(x, y).AsUInt64(), Avx2.UnpackHigh(x, y).AsUInt64());

    // AVX2 works within 128-bit halves, so column c of the lower half comes with column c + 4 from the upper one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint>, Vector256<uint>, Vector256<uint>, Vector256<uint>) Columns(
        Vector256<ulong> rows01, Vector256<ulong> rows23, Vector256<ulong> rows45, Vector256<ulong> rows67)
    {
        var first0123 = Avx2.UnpackLow(rows01, rows23);
        var first4567 = Avx2.UnpackLow(rows45, rows67);
        var second0123 = Avx2.UnpackHigh(rows01, rows23);
        var second4567 = Avx2.UnpackHigh(rows45, rows67);
        return (
            Avx2.Permute2x128(first0123, first4567, 0x20).AsUInt32(),
            Avx2.Permute2x128(first0123, first4567, 0x31).AsUInt32(),
            Avx2.Permute2x128(second0123, second4567, 0x20).AsUInt32(),
            Avx2.Permute2x128(second0123, second4567, 0x31).AsUInt32());
    }
}
