using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// The reads from state.db that any thread may make. Each is one statement that finds the current snapshot's number by
/// itself, so that a switch meanwhile cannot give it half of either.
/// </summary>
internal sealed class StateReader(string path) : IDisposable
{
    private readonly ReadPool _pool = new(path);

    public static (ulong Epoch, ulong Unfinished, ulong UnfinishedEpoch) ReadFence(SqliteFile file)
    {
        using var row = file.Use(StateSql.ReadFence);
        return row.Step()
            ? (row.UInt64(0), row.UInt64(1), row.UInt64(2))
            : throw new StoreCorruptException($"'{file.Path}': expected the fence's row, found no such row.");
    }

    public static SnapshotManifest? ReadManifest(SqliteFile file)
    {
        using var row = file.Use(StateSql.ReadManifest);
        return row.Step() ? new SnapshotManifest(row.UInt64(0), row.UInt64(1), row.Blob(2).ToArray()) : null;
    }

    public bool NeedsMigration()
    {
        using var lease = _pool.Take();
        return StateSchema.Current.NeedsMigration(lease.File);
    }

    public ulong ReadEpoch()
    {
        using var lease = _pool.Take();
        return ReadFence(lease.File).Epoch;
    }

    public SnapshotManifest? ReadManifest()
    {
        using var lease = _pool.Take();
        return ReadManifest(lease.File);
    }

    public bool TryReadPage(int table, ulong page, Span<byte> into, out Hash256 hash, out bool hashOnly)
    {
        using var lease = _pool.Take();
        using var row = lease.Use(StateSql.ReadPage);
        if (!row.With(table).With(page).Step())
        {
            (hash, hashOnly) = (default, false);
            return false;
        }

        hash = row.Hash(0);
        var bytes = row.Blob(1);
        hashOnly = bytes.IsEmpty;
        if (!hashOnly && bytes.Length != into.Length)
            throw new StoreCorruptException(
                $"'{path}': expected page {page} of table {table} to have {into.Length} bytes, found {bytes.Length}.");
        bytes.CopyTo(into);
        return true;
    }

    public void ReadHashes(Action<int, ulong, Hash256> each)
    {
        using var lease = _pool.Take();
        using var rows = lease.Use(StateSql.ReadHashes);
        var more = rows.Step();
        while (more)
        {
            // A page's versions follow one another, the newest last.
            var (table, page, hash) = (rows.Int32(0), rows.UInt64(1), rows.Hash(2));
            while ((more = rows.Step()) && rows.Int32(0) == table && rows.UInt64(1) == page)
                hash = rows.Hash(2);
            each(table, page, hash);
        }
    }

    public ReadPool.Lease Take() => _pool.Take();

    public void Rest() => _pool.Rest();

    public void Dispose() => _pool.Dispose();
}
