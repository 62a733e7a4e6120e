using System.Text;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>The reads from log.db that any thread may make. Rows below the head never change.</summary>
internal sealed class LogReader(string path) : IDisposable
{
    private readonly ReadPool _pool = new(path);

    /// <summary>The chain's row. Only the caller knows about the head file.</summary>
    public static StoredHead ReadHead(SqliteFile file)
    {
        using var row = file.Use(LogSql.ReadHead);
        return row.Step()
            ? new StoredHead(row.UInt64(0), row.UInt64(1), row.Hash(2), row.UInt64(3), HeadFileFound: false)
            : throw Missing(file.Path, "the chain's row");
    }

    /// <exception cref="StoreCorruptException">There is no such block.</exception>
    public static Hash256 ReadHash(SqliteFile file, ulong height)
    {
        using var row = file.Use(LogSql.ReadBlockHash);
        return row.With(height).Step() ? row.Hash(0) : throw Missing(file.Path, $"block {height}");
    }

    public bool NeedsMigration()
    {
        using var lease = _pool.Take();
        return LogSchema.Current.NeedsMigration(lease.File);
    }

    /// <summary>Runs a check on one connection.</summary>
    public void Check(Action<SqliteFile, StoredHead> check)
    {
        using var lease = _pool.Take();
        check(lease.File, ReadHead(lease.File));
    }

    public StoredHead ReadHead()
    {
        using var lease = _pool.Take();
        return ReadHead(lease.File);
    }

    /// <summary>UTF-8 in the file; null while the chain is open for writing.</summary>
    public static string? ReadClosedTo(SqliteFile file)
    {
        using var closed = file.Use(LogSql.ReadClosedTo);
        return closed.Step() ? Encoding.UTF8.GetString(closed.Blob(0)) : null;
    }

    public string? ReadClosedTo()
    {
        using var lease = _pool.Take();
        return ReadClosedTo(lease.File);
    }

    public byte[] ReadGenesis()
    {
        using var lease = _pool.Take();
        return ReadGenesis(lease.File);
    }

    public int ReadHeaderHashes(ulong first, Span<Hash256> into)
    {
        using var lease = _pool.Take();
        using var rows = lease.Use(LogSql.ReadHashes);
        rows.With(first).With(into.Length);
        var count = 0;
        for (; count < into.Length && rows.Step(); count++)
        {
            if (rows.UInt64(0) != first + (ulong)count)
                throw Missing(path, $"block {first + (ulong)count}");
            into[count] = rows.Hash(1);
        }

        return count;
    }

    public ulong FirstHeightAtOrAfter(ulong timeMs)
    {
        using var lease = _pool.Take();
        var head = ReadHead(lease.File);
        var low = 1UL;
        var high = head.Height + 1; // the answer lies in low..high
        if (head.TimeMs < timeMs)
            return high;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (ReadTime(lease.File, middle) < timeMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    public bool TryReadTile(int level, ulong index, out Hash256 root)
    {
        using var lease = _pool.Take();
        using var row = lease.Use(LogSql.ReadTile);
        var found = row.With(level).With(index).Step();
        root = found ? row.Hash(0) : default;
        return found;
    }

    public BlockAppend? ReadAppend(ulong height)
    {
        if (height == 0 || ReadRow(height) is not { } row)
            return null;
        var filters = ReadFilters(row.TimeMs, row.TimeMs).Where(filter => filter.LastHeight == height);
        using var lease = _pool.Take();
        var previous = height == 1 ? ChainFolder.HashOf(ReadGenesis(lease.File)) : ReadHash(lease.File, height - 1);
        return new BlockAppend(height, previous, row.Hash, row.TimeMs, row.Bytes,
            [.. filters], ReadTilesOf(lease.File, height), ReadKeyChangesOf(lease.File, height));
    }

    public List<IdFilter> ReadFilters(ulong fromTimeMs, ulong throughTimeMs)
    {
        using var lease = _pool.Take();
        using var rows = lease.Use(LogSql.ReadFilters);
        rows.With(fromTimeMs);
        var filters = new List<IdFilter>();
        while (rows.Step() && rows.UInt64(2) <= throughTimeMs)
            filters.Add(new IdFilter(
                rows.UInt64(0), rows.UInt64(1), rows.UInt64(2), rows.UInt64(3), rows.Blob(4).ToArray()));
        return filters;
    }

    public ulong LastFilteredHeight()
    {
        using var lease = _pool.Take();
        using var row = lease.Use(LogSql.LastFilteredHeight);
        return row.Step() ? row.UInt64(0) : 0;
    }

    public List<StoredKeyChange> ReadKeyChanges()
    {
        using var lease = _pool.Take();
        using var rows = lease.Use(LogSql.ReadKeyChanges);
        var changes = new List<StoredKeyChange>();
        while (rows.Step())
            changes.Add(new StoredKeyChange(rows.UInt64(0), rows.Blob(1).ToArray()));
        return changes;
    }

    public ReadPool.Lease Take() => _pool.Take();

    public void Rest() => _pool.Rest();

    public void Dispose() => _pool.Dispose();

    private static byte[] ReadGenesis(SqliteFile file)
    {
        using var row = file.Use(LogSql.ReadGenesis);
        return row.Step() ? row.Blob(0).ToArray() : throw Missing(file.Path, "the genesis");
    }

    private (ulong TimeMs, Hash256 Hash, byte[] Bytes)? ReadRow(ulong height)
    {
        using var lease = _pool.Take();
        using var row = lease.Use(LogSql.ReadAppend);
        return row.With(height).Step() ? (row.UInt64(0), row.Hash(1), row.Blob(2).ToArray()) : null;
    }

    private static List<HistoryTile> ReadTilesOf(SqliteFile file, ulong height)
    {
        var tiles = new List<HistoryTile>();
        foreach (var (level, index) in HistoryTile.CompletedBy(height))
        {
            using var row = file.Use(LogSql.ReadTile);
            if (row.With(level).With(index).Step())
                tiles.Add(new HistoryTile(level, index, row.Hash(0)));
        }

        return tiles;
    }

    private static List<byte[]> ReadKeyChangesOf(SqliteFile file, ulong height)
    {
        using var rows = file.Use(LogSql.ReadKeyChangesOf);
        rows.With(height);
        var changes = new List<byte[]>();
        while (rows.Step())
            changes.Add(rows.Blob(0).ToArray());
        return changes;
    }

    private static ulong ReadTime(SqliteFile file, ulong height)
    {
        using var row = file.Use(LogSql.ReadBlockTime);
        return row.With(height).Step() ? row.UInt64(0) : throw Missing(file.Path, $"block {height}");
    }

    private static StoreCorruptException Missing(string path, string what) =>
        new($"'{path}': expected {what}, found no such row.");
}
