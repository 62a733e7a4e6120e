namespace Actors.Engine.Stores.Sqlite;

/// <summary>The tables of log.db: the truth, only ever appended to, but for the one row of <c>chain</c>.</summary>
internal static class LogSchema
{
    private const int ApplicationId = 0x41435447; // "ACTG"

    // In `block` the large column is the last, so that a row's first page holds all the others.
    private const string Version1 = """
        CREATE TABLE chain (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            epoch INTEGER NOT NULL,
            height INTEGER NOT NULL,
            head_hash BLOB NOT NULL,
            head_time_ms INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE genesis (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            bytes BLOB NOT NULL
        ) STRICT;

        CREATE TABLE block (
            height INTEGER PRIMARY KEY,
            time_ms INTEGER NOT NULL,
            hash BLOB NOT NULL,
            bytes BLOB NOT NULL
        ) STRICT;

        CREATE TABLE id_filter (
            first_height INTEGER PRIMARY KEY,
            last_height INTEGER NOT NULL,
            first_time_ms INTEGER NOT NULL,
            last_time_ms INTEGER NOT NULL,
            bits BLOB NOT NULL
        ) STRICT;

        CREATE INDEX id_filter_time ON id_filter (last_time_ms, first_height);

        CREATE TABLE history_tile (
            level INTEGER NOT NULL,
            tile INTEGER NOT NULL,
            root BLOB NOT NULL,
            PRIMARY KEY (level, tile)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE key_change (
            height INTEGER NOT NULL,
            position INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (height, position)
        ) STRICT, WITHOUT ROWID;
        """;

    // UTF-8; null while the chain is open for writing.
    private const string Version2 = """
        ALTER TABLE chain ADD COLUMN closed_to BLOB
        """;

    public static readonly Schema Current = new(ApplicationId, Version1, Version2);
}
