using System.Runtime.CompilerServices;

namespace Actors.Ledger.Hashing;

/// <summary>
/// Many messages, eight to a call of <see cref="Sha256Lanes"/>. What does not pay there goes to
/// <see cref="Sha256OneByOne"/>: long messages, and the last few when they would leave too many lanes idle.
/// </summary>
internal static class Sha256Batches
{
    /// <summary>Longer messages (past 2 KiB) never take lanes: little is left to gain, and eight are held on the stack.</summary>
    private const int BlocksMax = 32;

    private const int Lanes = Sha256Lanes.Lanes;

    /// <summary>Messages of one size have one padding: it is written once, and only the data changes inside it.</summary>
    /// <remarks>Eight messages are read before their hashes are written, so 64-byte data may be overwritten by its own
    /// hashes from the start: that is what lets a level of a tree be reduced in place.</remarks>
    [SkipLocalsInit]
    public static void ManyFixed(byte tag, ReadOnlySpan<byte> data, int size, Span<Hash256> hashes)
    {
        var blocks = Sha256Padding.BlocksOf(size);
        if (!Pays(Math.Min(Lanes, hashes.Length), blocks))
        {
            Sha256OneByOne.ManyFixed(tag, data, size, hashes);
            return;
        }

        var messageBytes = blocks * Sha256Padding.BlockBytes;
        Span<byte> messages = stackalloc byte[Lanes * messageBytes];
        for (var lane = 0; lane < Lanes; lane++)
            Sha256Padding.WriteAround(messages.Slice(lane * messageBytes, messageBytes), tag, size);

        var done = 0;
        while (Pays(Math.Min(Lanes, hashes.Length - done), blocks))
        {
            var taken = Math.Min(Lanes, hashes.Length - done);
            for (var lane = 0; lane < taken; lane++)
                data.Slice((done + lane) * size, size).CopyTo(messages[(lane * messageBytes + Sha256Padding.TagBytes)..]);
            Sha256Lanes.Hash(messages, blocks, hashes.Slice(done, taken));
            done += taken;
        }
        Sha256OneByOne.ManyFixed(tag, data[(done * size)..], size, hashes[done..]);
    }

    /// <summary>Messages wait, sorted by their number of blocks, until eight are alike.</summary>
    [SkipLocalsInit]
    public static void ManyOf(byte tag, ReadOnlySpan<byte> data, ReadOnlySpan<int> ends, Span<Hash256> hashes)
    {
        Span<byte> messages = stackalloc byte[Lanes * BlocksMax * Sha256Padding.BlockBytes];
        Span<int> waiting = stackalloc int[(BlocksMax + 1) * Lanes];
        Span<int> waitingCounts = stackalloc int[BlocksMax + 1];
        waitingCounts.Clear();

        for (var i = 0; i < hashes.Length; i++)
        {
            var message = MessageAt(data, ends, i);
            var blocks = Sha256Padding.BlocksOf(message.Length);
            if (blocks > BlocksMax)
            {
                hashes[i] = Sha256OneByOne.Of(tag, message);
                continue;
            }
            ref var count = ref waitingCounts[blocks];
            var alike = waiting.Slice(blocks * Lanes, Lanes);
            alike[count++] = i;
            if (count < Lanes)
                continue;
            HashAlike(tag, data, ends, alike, blocks, messages, hashes);
            count = 0;
        }

        for (var blocks = 1; blocks <= BlocksMax; blocks++)
        {
            var alike = waiting.Slice(blocks * Lanes, waitingCounts[blocks]);
            if (Pays(alike.Length, blocks))
                HashAlike(tag, data, ends, alike, blocks, messages, hashes);
            else
                foreach (var i in alike)
                    hashes[i] = Sha256OneByOne.Of(tag, MessageAt(data, ends, i));
        }
    }

    /// <summary>Hashes up to eight messages of <paramref name="blocks"/> blocks each.</summary>
    private static void HashAlike(byte tag, ReadOnlySpan<byte> data, ReadOnlySpan<int> ends, ReadOnlySpan<int> alike,
        int blocks, Span<byte> messages, Span<Hash256> hashes)
    {
        var messageBytes = blocks * Sha256Padding.BlockBytes;
        for (var lane = 0; lane < alike.Length; lane++)
            Sha256Padding.Write(
                messages.Slice(lane * messageBytes, messageBytes), tag, MessageAt(data, ends, alike[lane]));

        Span<Hash256> results = stackalloc Hash256[Lanes];
        Sha256Lanes.Hash(messages[..(Lanes * messageBytes)], blocks, results[..alike.Length]);
        for (var lane = 0; lane < alike.Length; lane++)
            hashes[alike[lane]] = results[lane];
    }

    private static ReadOnlySpan<byte> MessageAt(ReadOnlySpan<byte> data, ReadOnlySpan<int> ends, int i) =>
        data[(i == 0 ? 0 : ends[i - 1])..ends[i]];

    /// <summary>
    /// Whether one pass over the lanes costs less than a call for each of <paramref name="messages"/>. Measured on an AMD
    /// EPYC with SHA-NI, .NET 10, 4096 messages, best of three runs, ns a message, calls against lanes: 12 bytes 727 and 52,
    /// two hashes 679 and 126, 1024 bytes 1413 and 851, 2000 bytes 2061 and 1648; they meet between 4 and 8 KiB. A call
    /// costs more to make, but less a block, so long messages and few of them gain nothing. On another machine the hashes
    /// are the same, and only this choice may be a little off.
    /// </summary>
    private static bool Pays(int messages, int blocks)
    {
        const int callNs = 650;
        const int callBlockNs = 42;
        const int passNs = 50;
        const int passBlockNs = 430;
        return blocks <= BlocksMax && messages * (callNs + blocks * callBlockNs) > passNs + blocks * passBlockNs;
    }
}
