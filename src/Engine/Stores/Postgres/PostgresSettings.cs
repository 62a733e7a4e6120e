namespace Actors.Engine.Stores.Postgres;

/// <summary>Every setting of PostgreSQL that we rely on, said here, so that a server's defaults cannot change us.</summary>
internal static class PostgresSettings
{
    /// <summary>lz4 for columns and the session settings below came with 14.</summary>
    public const int ServerVersionMin = 140_000;

    /// <summary>Connections of one node on which blocks are appended: so many chains commit at the same time, in one group.</summary>
    public const int LogWritersMax = 8;

    /// <summary>Connections on which snapshot pages are written, apart from the blocks: nobody waits for them.</summary>
    public const int StateWritersMax = 2;

    /// <summary>Connections for reads of all chains. A read that finds all in use waits for one.</summary>
    public const int ReadersMax = 8;

    /// <summary>How long a connection may take, the wait for a free one included.</summary>
    public const int ConnectTimeoutSeconds = 10;

    /// <summary>After this a statement is given up; a commit then has an unknown outcome.</summary>
    public const int CommandTimeoutSeconds = 30;

    /// <summary>
    /// How long taking an epoch goes on trying while the server restarts or fails over: the writer that asks does not know what became of
    /// its last block, and has nothing else to do.
    /// </summary>
    public static readonly TimeSpan TakeEpochPatience = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan TakeEpochEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>What the schema takes as a page; pages of state have 4 KiB.</summary>
    public const int PageBytesMax = 64 * 1024;

    public const int GenesisBytesMax = 1024 * 1024;

    public const int BufferBytes = 64 * 1024;

    /// <summary>
    /// Run once on each connection. A writer that was paused in the middle of a transaction holds its chain's row: the server ends it after
    /// <c>idle_in_transaction_session_timeout</c>, well within the time that its successor waits for the row. All statements go by key, so the
    /// planner must not think otherwise of a table that was empty when it looked.
    /// </summary>
    public const string Session = """
        SET synchronous_commit = on;
        SET default_transaction_isolation = 'read committed';
        SET lock_timeout = '15s';
        SET idle_in_transaction_session_timeout = '5s';
        SET statement_timeout = 0;
        SET tcp_keepalives_idle = 5;
        SET tcp_keepalives_interval = 2;
        SET tcp_keepalives_count = 3;
        SET plan_cache_mode = force_generic_plan;
        SET enable_seqscan = off;
        SET jit = off;
        SET search_path = pg_catalog;
        """;
}
