using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores;

/// <summary>
/// A lower bound of a chain's head in a small file beside the databases.
/// </summary>
/// <remarks>
/// A database can be sound and yet not hold what was committed: one flipped bit in a SQLite write-ahead log silently
/// drops every later transaction, and a folder can be replaced by an older copy. Nothing inside the database can tell.
/// The file is 80 bytes: magic with version (8), height (u64, big-endian), header hash (32), SHA-256 of these 48.
/// It is replaced by rename, so a crash leaves the old or the new one.
/// </remarks>
internal static class HeadFile
{
    public const string Name = "head";

    /// <summary>The bound of a chain that lost blocks, while its operator goes on from what is left.</summary>
    public const string AsideName = "head.lost";

    private const int HashOffset = 16;
    private const int ChecksumOffset = 48;
    private const int Length = 80;

    private static ReadOnlySpan<byte> Magic => "ActorsB1"u8;

    /// <summary>Raises the bound; a lower one than the file holds changes nothing. Durable on return.</summary>
    /// <exception cref="StoreCorruptException">The file that is there cannot be read.</exception>
    /// <exception cref="IOException">The file could not be written; the old one is still there.</exception>
    public static void Write(string folder, ulong height, Hash256 hash)
    {
        if (Read(folder) is not { } present || present.Height <= height)
            WriteFile(folder, Name, height, hash);
    }

    private static void WriteFile(string folder, string name, ulong height, Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[Magic.Length..], height);
        hash.CopyTo(bytes[HashOffset..]);
        SHA256.HashData(bytes[..ChecksumOffset], bytes[ChecksumOffset..]);
        DurableFile.Replace(Path.Combine(folder, name), bytes);
    }

    /// <summary>Sets aside what is known to be lost. Durable on return.</summary>
    public static void SetAside(string folder, NotedHead lost) => WriteFile(folder, AsideName, lost.Height, lost.Hash);

    /// <summary>Notes a head in the place of the bound that was set aside. Durable on return.</summary>
    public static void Accept(string folder, ulong height, Hash256 hash)
    {
        WriteFile(folder, Name, height, hash);
        File.Delete(Path.Combine(folder, AsideName));
        DurableFile.SyncFolder(folder);
    }

    /// <summary>The bound that was set aside, or null when none was.</summary>
    /// <exception cref="StoreCorruptException">As for <see cref="Read"/>.</exception>
    public static NotedHead? ReadAside(string folder) => ReadFile(Path.Combine(folder, AsideName));

    /// <summary>The bound, or null when there is no file.</summary>
    /// <exception cref="StoreCorruptException">There is a file, but it is not whole or not of a known version.</exception>
    public static NotedHead? Read(string folder) => ReadFile(Path.Combine(folder, Name));

    private static NotedHead? ReadFile(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        if (bytes.Length != Length)
            throw Unreadable(path, $"{Length} bytes", $"{bytes.Length}");
        if (!bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw Unreadable(path, Encoding.ASCII.GetString(Magic), Convert.ToHexStringLower(bytes, 0, Magic.Length));
        var checksum = SHA256.HashData(bytes.AsSpan(0, ChecksumOffset));
        if (!bytes.AsSpan(ChecksumOffset).SequenceEqual(checksum))
            throw Unreadable(path, "its checksum to fit", Convert.ToHexStringLower(bytes, ChecksumOffset, 32));

        return new NotedHead(
            BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(Magic.Length)),
            new Hash256(bytes.AsSpan(HashOffset, ChecksumOffset - HashOffset)));
    }

    private static StoreCorruptException Unreadable(string path, string expected, string found) => new(
        $"Head file '{path}': expected {expected}, found {found}. Without it nobody can tell whether blocks were lost; "
        + "remove it only if that is known otherwise.");
}
