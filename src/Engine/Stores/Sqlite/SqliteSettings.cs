namespace Actors.Engine.Stores.Sqlite;

/// <summary>Every setting of SQLite that we rely on, said here, so that a default that changes cannot change us.</summary>
internal static class SqliteSettings
{
    /// <summary>
    /// Measured with 4, 8 and 16 KiB: blocks of 8 KiB are appended equally fast, and take 6 % and 88 % more disk than with
    /// 4 KiB; blocks of 512 KiB are appended 10 % and 35 % faster. Blocks of 1 to 4 KiB leave less of 8 KiB unused.
    /// </summary>
    public const int LogPageBytes = 8 * 1024;

    /// <summary>
    /// Measured with 4, 8 and 32 KiB over 400,000 pages of state: 32 KiB writes up to a fifth faster, but settles at a
    /// quarter more disk and reads half as many pages a second; 8 KiB leaves half of each page unused.
    /// </summary>
    public const int StatePageBytes = 4 * 1024;

    /// <summary>
    /// How much log is folded into the database at once, by the commit that reaches it. Measured at 512 KiB a block:
    /// 16 MiB appends a tenth faster, but its slowest commits take three times as long.
    /// </summary>
    public const int LogCheckpointPages = 4 * 1024 * 1024 / LogPageBytes;

    /// <summary>Nobody waits for the snapshot, so fewer and larger.</summary>
    public const int StateCheckpointPages = 16 * 1024 * 1024 / StatePageBytes;

    /// <summary>Idle read connections kept for each file. A read that finds all in use waits for one.</summary>
    public const int ReadersMax = 4;

    private const int BusyTimeoutMs = 5_000;

    private const int JournalBytesMax = 64 * 1024 * 1024;

    /// <summary>FULL syncs each commit in WAL mode. SQLite has no checksums of pages; cell checks find some damage.</summary>
    public static string ForWriting(int checkpointPages) => $"""
        PRAGMA busy_timeout = {BusyTimeoutMs};
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = {checkpointPages};
        PRAGMA journal_size_limit = {JournalBytesMax};
        PRAGMA cache_size = -8192;
        PRAGMA mmap_size = 0;
        PRAGMA temp_store = MEMORY;
        PRAGMA secure_delete = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA foreign_keys = OFF;
        PRAGMA trusted_schema = OFF;
        """;

    /// <summary>The system's own cache serves all readers; theirs stay small.</summary>
    public static readonly string ForReading = $"""
        PRAGMA busy_timeout = {BusyTimeoutMs};
        PRAGMA cache_size = -1024;
        PRAGMA mmap_size = 0;
        PRAGMA temp_store = MEMORY;
        PRAGMA cell_size_check = ON;
        PRAGMA foreign_keys = OFF;
        PRAGMA trusted_schema = OFF;
        """;
}
