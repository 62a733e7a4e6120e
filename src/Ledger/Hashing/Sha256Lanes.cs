using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Actors.Ledger.Hashing.Sha256LaneFunctions;

namespace Actors.Ledger.Hashing;

/// <summary>
/// SHA-256 (FIPS 180-4) of eight messages at once. A tree hashes many short messages, and a call of the system's SHA-256
/// costs several times what compressing a block does. So element i of every vector belongs to message i, and the textbook
/// algorithm, written once over vectors, runs on all eight: no call, no set-up, and no branch on what is hashed.
/// </summary>
internal static class Sha256Lanes
{
    /// <summary>Messages hashed together: a 256-bit vector of 32-bit words.</summary>
    public const int Lanes = 8;

    private const int StateWords = 8;
    private const int BlockWords = 16;
    private const int Rounds = 64;

    /// <summary>Whether this machine has the instructions. Without them nothing here may be called.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    private static ReadOnlySpan<uint> InitialState =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    private static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>
    /// Hashes eight padded messages that lie one after the other, each <paramref name="blocks"/> blocks, and writes the
    /// first <paramref name="hashes"/>.Length of the results: what the lanes beyond hold is hashed and dropped.
    /// </summary>
    [SkipLocalsInit]
    public static void Hash(ReadOnlySpan<byte> messages, int blocks, Span<Hash256> hashes)
    {
        var messageBytes = blocks * Sha256Padding.BlockBytes;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blocks);
        ArgumentOutOfRangeException.ThrowIfNotEqual(messages.Length, Lanes * messageBytes);

        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[Rounds];
        for (var i = 0; i < StateWords; i++)
            state[i] = Vector256.Create(InitialState[i]);
        for (var block = 0; block < blocks; block++)
        {
            Load(messages[(block * Sha256Padding.BlockBytes)..], messageBytes, words);
            Expand(words);
            Compress(words, state);
        }
        Store(state, hashes);
    }

    /// <summary>Word t of all eight blocks becomes vector t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Load(ReadOnlySpan<byte> block, int messageBytes, Span<Vector256<uint>> words)
    {
        for (var half = 0; half < 2; half++)
        {
            var rows = words.Slice(half * StateWords, StateWords);
            for (var lane = 0; lane < Lanes; lane++)
                rows[lane] = ReverseBytes(MemoryMarshal.Read<Vector256<uint>>(
                    block[(lane * messageBytes + half * Vector256<byte>.Count)..]));
            Transpose(rows);
        }
    }

    /// <summary>The message schedule, then each round's constant on top, so that a round has one value to add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Expand(Span<Vector256<uint>> words)
    {
        ref var w = ref MemoryMarshal.GetReference(words);
        ref var k = ref MemoryMarshal.GetReference(RoundConstants);
        for (var t = BlockWords; t < Rounds; t++)
        {
            var minus15 = Unsafe.Add(ref w, t - 15);
            var minus2 = Unsafe.Add(ref w, t - 2);
            Unsafe.Add(ref w, t) = Unsafe.Add(ref w, t - 16) + SmallSigma0(minus15)
                + Unsafe.Add(ref w, t - 7) + SmallSigma1(minus2);
            // Nothing reads this word as a message word any more.
            Unsafe.Add(ref w, t - 16) += Vector256.Create(Unsafe.Add(ref k, t - 16));
        }
        for (var t = Rounds - BlockWords; t < Rounds; t++)
            Unsafe.Add(ref w, t) += Vector256.Create(Unsafe.Add(ref k, t));
    }

    /// <summary>
    /// 64 rounds. Eight are written out, after which every letter is back in its place: nothing is moved between them.
    /// Each term is added in the order it is known, the newest last: the chain from round to round is what takes the time.
    /// Maj(a, b, c) is b ^ ((a ^ b) &amp; (b ^ c)), and the a ^ b of one round is the b ^ c of the next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compress(ReadOnlySpan<Vector256<uint>> words, Span<Vector256<uint>> state)
    {
        ref var w = ref MemoryMarshal.GetReference(words);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        var bc = b ^ c;
        for (var t = 0; t < Rounds; t += 8)
        {
            h = h + Unsafe.Add(ref w, t) + Choose(e, f, g) + BigSigma1(e);
            d += h;
            var ab = a ^ b;
            h += (b ^ (ab & bc)) + BigSigma0(a);

            g = g + Unsafe.Add(ref w, t + 1) + Choose(d, e, f) + BigSigma1(d);
            c += g;
            bc = h ^ a;
            g += (a ^ (bc & ab)) + BigSigma0(h);

            f = f + Unsafe.Add(ref w, t + 2) + Choose(c, d, e) + BigSigma1(c);
            b += f;
            ab = g ^ h;
            f += (h ^ (ab & bc)) + BigSigma0(g);

            e = e + Unsafe.Add(ref w, t + 3) + Choose(b, c, d) + BigSigma1(b);
            a += e;
            bc = f ^ g;
            e += (g ^ (bc & ab)) + BigSigma0(f);

            d = d + Unsafe.Add(ref w, t + 4) + Choose(a, b, c) + BigSigma1(a);
            h += d;
            ab = e ^ f;
            d += (f ^ (ab & bc)) + BigSigma0(e);

            c = c + Unsafe.Add(ref w, t + 5) + Choose(h, a, b) + BigSigma1(h);
            g += c;
            bc = d ^ e;
            c += (e ^ (bc & ab)) + BigSigma0(d);

            b = b + Unsafe.Add(ref w, t + 6) + Choose(g, h, a) + BigSigma1(g);
            f += b;
            ab = c ^ d;
            b += (d ^ (ab & bc)) + BigSigma0(c);

            a = a + Unsafe.Add(ref w, t + 7) + Choose(f, g, h) + BigSigma1(f);
            e += a;
            bc = b ^ c;
            a += (c ^ (bc & ab)) + BigSigma0(b);
        }
        (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
        (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
    }

    private static void Store(Span<Vector256<uint>> state, Span<Hash256> hashes)
    {
        Transpose(state);
        for (var lane = 0; lane < hashes.Length; lane++)
            hashes[lane] = Unsafe.BitCast<Vector256<uint>, Hash256>(ReverseBytes(state[lane]));
    }
}
