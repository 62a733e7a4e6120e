using Actors.Ledger.Hashing;
using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>The reads from a chain's log that any thread may make. Rows below the head never change.</summary>
internal sealed class LogReader(IReads reads, ChainKey chain)
{
    public static ChainRow ReadRow(NpgsqlConnection connection, ChainKey chain)
    {
        using var read = new Statement(connection, LogSql.ReadHead).With(chain.Number);
        using var rows = read.Query();
        return rows.Step() ? ChainRow.Of(rows) : throw Missing(chain, "the chain's row");
    }

    /// <summary>The hash of the header at that height; the genesis hash at height 0.</summary>
    /// <exception cref="StoreCorruptException">There is no such block.</exception>
    public static Hash256 ReadHash(NpgsqlConnection connection, ChainKey chain, ulong height)
    {
        if (height == 0)
            return chain.GenesisHash;
        using var read = new Statement(connection, LogSql.ReadBlockHash).With(chain.Number).With(height);
        using var rows = read.Query();
        return rows.Step() ? rows.Hash(0) : throw Missing(chain, $"block {height}");
    }

    public static StoreCorruptException Missing(ChainKey chain, string what) =>
        new($"{chain.Name}: expected {what}, found no such row.");

    /// <summary>Runs a check on one connection.</summary>
    public void Check(HeadCheck check) => reads.Read(connection =>
    {
        check.CheckWhole(connection, ReadRow(connection, chain));
        return true;
    });

    public ChainRow ReadRow() => reads.Read(connection => ReadRow(connection, chain));

    public string? ReadClosedTo() => reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadClosedTo).With(chain.Number);
        using var rows = read.Query();
        return rows.Step() ? rows.Text(0) : null;
    });

    public byte[]? ReadBlock(ulong height) => height > long.MaxValue ? null : reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadBlock).With(chain.Number).With(height);
        using var rows = read.Query();
        return rows.Step() ? rows.Bytes(0) : null;
    });

    /// <summary>The block and what was appended with it; null above the head.</summary>
    public BlockAppend? ReadAppend(ulong height) => height is 0 or > long.MaxValue ? null : reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadAppend).With(chain.Number).With(height);
        (ulong TimeMs, Hash256 Hash, byte[] Bytes) block;
        using (var rows = read.Query())
        {
            if (!rows.Step())
                return null;
            block = (rows.UInt64(0), rows.Hash(1), rows.Bytes(2));
        }

        return new BlockAppend(height, ReadHash(connection, chain, height - 1), block.Hash, block.TimeMs, block.Bytes,
            ReadFiltersOf(connection, height, block.TimeMs), ReadTilesOf(connection, height), ReadKeyChangesOf(connection, height));
    });

    /// <summary>The server reads only the pieces that hold the prefix: the bytes are kept out of line and not compressed.</summary>
    public byte[]? ReadBlockPrefix(ulong height, int lengthMax) => height > long.MaxValue ? null : reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadBlockPrefix).With(chain.Number).With(height).With(lengthMax);
        using var rows = read.Query();
        return rows.Step() ? rows.Bytes(0) : null;
    });

    public Hash256[] ReadHeaderHashes(ulong first, int countMax) => first > long.MaxValue ? [] : reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadHashes).With(chain.Number).With(first).With(countMax);
        using var rows = read.Query();
        var hashes = new List<Hash256>();
        while (rows.Step())
        {
            if (rows.UInt64(0) != first + (ulong)hashes.Count)
                throw Missing(chain, $"block {first + (ulong)hashes.Count}");
            hashes.Add(rows.Hash(1));
        }

        return hashes.ToArray();
    });

    public ulong FirstHeightAtOrAfter(ulong timeMs) => reads.Read(connection =>
    {
        var head = ReadRow(connection, chain);
        var low = 1UL;
        var high = head.Height + 1; // the answer lies in low..high
        if (head.HeadTimeMs < timeMs)
            return high;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (ReadTime(connection, middle) < timeMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    });

    public Hash256? ReadTile(int level, ulong index) => reads.Read<Hash256?>(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadTile).With(chain.Number).With(level).With(index);
        using var rows = read.Query();
        return rows.Step() ? rows.Hash(0) : null;
    });

    public List<IdFilter> ReadFilters(ulong fromTimeMs, ulong throughTimeMs) => reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadFilters).With(chain.Number).With(Bounded(fromTimeMs)).With(Bounded(throughTimeMs));
        using var rows = read.Query();
        return ReadFilters(rows);
    });

    public ulong LastFilteredHeight() => reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.LastFilteredHeight).With(chain.Number);
        using var rows = read.Query();
        return rows.Step() ? rows.UInt64(0) : 0;
    });

    public List<StoredKeyChange> ReadKeyChanges() => reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadKeyChanges).With(chain.Number);
        using var rows = read.Query();
        var changes = new List<StoredKeyChange>();
        while (rows.Step())
            changes.Add(new StoredKeyChange(rows.UInt64(0), rows.Bytes(1)));
        return changes;
    });

    public long ReadBytes() => reads.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ReadBytes).With(chain.Number);
        using var rows = read.Query();
        return rows.Step() ? (long)rows.UInt64(0) : throw Missing(chain, "the chain's row");
    });

    private List<IdFilter> ReadFiltersOf(NpgsqlConnection connection, ulong height, ulong timeMs)
    {
        using var read = new Statement(connection, LogSql.ReadFiltersOf).With(chain.Number).With(timeMs).With(height);
        using var rows = read.Query();
        return ReadFilters(rows);
    }

    private List<HistoryTile> ReadTilesOf(NpgsqlConnection connection, ulong height)
    {
        var tiles = new List<HistoryTile>();
        foreach (var (level, index) in HistoryTile.CompletedBy(height))
        {
            using var read = new Statement(connection, LogSql.ReadTile).With(chain.Number).With(level).With(index);
            using var rows = read.Query();
            if (rows.Step())
                tiles.Add(new HistoryTile(level, index, rows.Hash(0)));
        }

        return tiles;
    }

    private List<byte[]> ReadKeyChangesOf(NpgsqlConnection connection, ulong height)
    {
        using var read = new Statement(connection, LogSql.ReadKeyChangesOf).With(chain.Number).With(height);
        using var rows = read.Query();
        var changes = new List<byte[]>();
        while (rows.Step())
            changes.Add(rows.Bytes(0));
        return changes;
    }

    private static List<IdFilter> ReadFilters(Rows rows)
    {
        var filters = new List<IdFilter>();
        while (rows.Step())
            filters.Add(new IdFilter(rows.UInt64(0), rows.UInt64(1), rows.UInt64(2), rows.UInt64(3), rows.Bytes(4)));
        return filters;
    }

    private ulong ReadTime(NpgsqlConnection connection, ulong height)
    {
        using var read = new Statement(connection, LogSql.ReadBlockTime).With(chain.Number).With(height);
        using var rows = read.Query();
        return rows.Step() ? rows.UInt64(0) : throw Missing(chain, $"block {height}");
    }

    // No time that is stored is above this.
    private static ulong Bounded(ulong timeMs) => Math.Min(timeMs, long.MaxValue);
}
