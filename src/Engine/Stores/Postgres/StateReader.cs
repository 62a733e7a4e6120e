using Actors.Ledger.Hashing;
using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// The reads from a chain's snapshot that any thread may make. Each is one statement that finds the current snapshot's number by
/// itself, so that a switch meanwhile cannot give it half of either.
/// </summary>
internal sealed class StateReader(IReads reads, ChainKey chain)
{
    public static (ulong Epoch, Guid Writer, ulong Unfinished, ulong UnfinishedEpoch, ulong Current) ReadFence(NpgsqlConnection connection, ChainKey chain)
    {
        using var read = new Statement(connection, StateSql.ReadFence).With(chain.Number);
        using var rows = read.Query();
        return rows.Step()
            ? (rows.UInt64(0), rows.Guid(1), rows.UInt64(2), rows.UInt64(3), rows.UInt64(4))
            : throw LogReader.Missing(chain, "the snapshots' row");
    }

    public SnapshotManifest? ReadManifest() => reads.Read(connection =>
    {
        using var read = new Statement(connection, StateSql.ReadManifest).With(chain.Number);
        using var rows = read.Query();
        return rows.Step() ? new SnapshotManifest(rows.UInt64(0), rows.UInt64(1), rows.Bytes(2)) : null;
    });

    /// <summary>Hash and bytes; null when no snapshot up to the current one wrote the page.</summary>
    public (Hash256 Hash, byte[] Bytes)? ReadPage(int table, ulong page) => reads.Read<(Hash256, byte[])?>(connection =>
    {
        using var read = new Statement(connection, StateSql.ReadPage).With(chain.Number).With(table).With(page);
        using var rows = read.Query();
        return rows.Step() ? (rows.Hash(0), rows.Bytes(1)) : null;
    });

    /// <summary>At most so many pages of the current snapshot, in order of table and page, after the one named.</summary>
    public List<PageWrite> ReadPages((int Table, long Page) after, int countMax) => reads.Read(connection =>
    {
        using var read = new Statement(connection, StateSql.ReadPages).With(chain.Number).With(after.Table).With(after.Page).With(countMax);
        using var rows = read.Query();
        var pages = new List<PageWrite>();
        while (rows.Step())
            pages.Add(new PageWrite(rows.Int32(0), rows.UInt64(1), rows.Hash(2), rows.Bytes(3)));
        return pages;
    });

    /// <summary>Reads in one statement, and not again if it fails on the way: the caller has seen a part by then.</summary>
    public void ReadHashes(Action<int, ulong, Hash256> each)
    {
        var hasBegun = false;
        reads.Read(connection =>
        {
            if (hasBegun)
                throw new StoreUnavailableException($"{chain.Name}: expected all page hashes in one answer, found the connection lost on the way.");
            using var read = new Statement(connection, StateSql.ReadHashes).With(chain.Number);
            using var rows = read.Query();
            for (var more = rows.Step(); more; hasBegun = true)
                more = Each(rows, each);
            return true;
        });
    }

    private static bool Each(Rows rows, Action<int, ulong, Hash256> each)
    {
        bool more;

        // A page's versions follow one another, the newest last.
        var (table, page, hash) = (rows.Int32(0), rows.UInt64(1), rows.Hash(2));
        while ((more = rows.Step()) && rows.Int32(0) == table && rows.UInt64(1) == page)
            hash = rows.Hash(2);
        each(table, page, hash);
        return more;
    }
}
