using Microsoft.Data.Sqlite;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// Reads the bytes of blocks. SQLite's <c>substr</c> loads all of a column before it cuts, so a prefix goes through its
/// incremental reads, which touch only the pages that hold it.
/// </summary>
internal static class BlockReader
{
    public static byte[]? Read(ReadPool.Lease lease, ulong height)
    {
        using var row = lease.Use(LogSql.ReadBlock);
        return row.With(height).Step() ? row.Blob(0).ToArray() : null;
    }

    public static byte[]? ReadPrefix(ReadPool.Lease lease, ulong height, int lengthMax)
    {
        if (ReadLength(lease, height) is not { } length)
            return null;

        var bytes = new byte[Math.Min(length, lengthMax)];
        try
        {
            using var blob = new SqliteBlob(lease.File.Connection, "block", "bytes", checked((long)height), readOnly: true);
            blob.ReadExactly(bytes);
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Of(e, lease.File.Path);
        }

        return bytes;
    }

    private static long? ReadLength(ReadPool.Lease lease, ulong height)
    {
        using var row = lease.Use(LogSql.ReadBlockLength);
        return row.With(height).Step() ? row.Int64(0) : null;
    }
}
