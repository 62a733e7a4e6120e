using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Tests.Stores;

/// <summary>Blocks that a store takes for real ones: linked, and different for each height and branch.</summary>
internal static class TestBlocks
{
    public const int PageBytes = 4096;

    public static readonly byte[] Genesis = "a genesis document"u8.ToArray();

    public static readonly Hash256 GenesisHash = new(SHA256.HashData(Genesis));

    public static Hash256 HashOf(ulong height, byte branch = 0)
    {
        if (height == 0)
            return GenesisHash;
        Span<byte> name = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(name, height);
        name[8] = branch;
        return new Hash256(SHA256.HashData(name));
    }

    public static ulong TimeOf(ulong height) => height * 1_000;

    public static byte[] BytesOf(ulong height, int length = 300)
    {
        var bytes = new byte[length];
        new Random((int)height).NextBytes(bytes);
        return bytes;
    }

    public static BlockAppend Block(ulong height, int length = 300) => new(
        height, HashOf(height - 1), HashOf(height), TimeOf(height), BytesOf(height, length), [], [], []);

    public static BlockAppend OfBranch(this BlockAppend block, byte branch) =>
        block with { HeaderHash = HashOf(block.Height, branch) };

    /// <summary>Appends the blocks after the head, up to and with <paramref name="through"/>.</summary>
    public static void AppendThrough(this IChainStore store, ulong epoch, ulong through)
    {
        for (var height = store.ReadHead().Height + 1; height <= through; height++)
            store.Append(epoch, Block(height));
    }

    /// <summary>A page whose bytes and hash tell its number and version.</summary>
    public static PageWrite Page(ulong page, byte version, int table = 5)
    {
        var bytes = new byte[PageBytes];
        Array.Fill(bytes, version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, page);
        return new PageWrite(table, page, new Hash256(SHA256.HashData(bytes)), bytes);
    }

    public static PageWrite[] Pages(int count, byte version) =>
        [.. Enumerable.Range(0, count).Select(page => Page((ulong)page, version))];

    public static SnapshotManifest Manifest(ulong snapshot, ulong height = 0) => new(snapshot, height, [(byte)snapshot]);

    /// <summary>The version that <see cref="Page"/> put in; 0 when there is no such page.</summary>
    public static byte ReadVersion(this IChainStore store, ulong page, int table = 5)
    {
        var bytes = new byte[PageBytes];
        if (!store.TryReadPage(table, page, bytes, out var hash, out var hashOnly))
            return 0;
        Assert.False(hashOnly);
        Assert.Equal(Page(page, bytes[^1], table).Hash, hash);
        Assert.Equal(page, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        return bytes[^1];
    }

    public static List<(int Table, ulong Page, Hash256 Hash)> ListHashes(this IChainStore store)
    {
        var hashes = new List<(int, ulong, Hash256)>();
        store.ReadPageHashes((table, page, hash) => hashes.Add((table, page, hash)));
        return hashes;
    }

    public static int DropAll(this IChainStore store, ulong epoch, int pagesMax = 1_000)
    {
        var dropped = 0;
        while (store.DropSuperseded(epoch, pagesMax) is var count and > 0)
            dropped += count;
        return dropped;
    }
}
