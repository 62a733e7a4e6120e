namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// The tables of state.db: the snapshot, which can be made again from the log.
/// </summary>
/// <remarks>
/// <c>page</c> has a row id of its own, so that a snapshot's pages are written one after the other wherever they belong.
/// Measured against a table clustered by (table, page, snapshot): half as many pages a second again. The index
/// carries the hash, so that all hashes are read without the pages: six times as fast from a cold disk. It is not
/// unique only because the hash stands in it; <see cref="StateWriter"/> keeps (table, page, snapshot) apart.
/// <c>superseded</c> lists what a snapshot replaces, so that dropping costs what is dropped and no scan. Row ids grow with
/// snapshot numbers, because an unfinished snapshot is dropped before another one starts.
/// </remarks>
internal static class StateSchema
{
    private const int ApplicationId = 0x41435453; // "ACTS"

    private const string Version1 = """
        CREATE TABLE fence (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            epoch INTEGER NOT NULL,
            unfinished INTEGER NOT NULL,
            unfinished_epoch INTEGER NOT NULL
        ) STRICT;

        INSERT INTO fence (id, epoch, unfinished, unfinished_epoch) VALUES (1, 0, 0, 0);

        CREATE TABLE manifest (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            snapshot INTEGER NOT NULL,
            height INTEGER NOT NULL,
            state BLOB NOT NULL
        ) STRICT;

        CREATE TABLE page (
            id INTEGER PRIMARY KEY,
            table_id INTEGER NOT NULL,
            page INTEGER NOT NULL,
            snapshot INTEGER NOT NULL,
            hash BLOB NOT NULL,
            bytes BLOB NOT NULL
        ) STRICT;

        CREATE INDEX page_hash ON page (table_id, page, snapshot, hash);

        CREATE TABLE superseded (
            page_id INTEGER PRIMARY KEY,
            by_snapshot INTEGER NOT NULL
        ) STRICT;
        """;

    public static readonly Schema Current = new(ApplicationId, Version1);
}
