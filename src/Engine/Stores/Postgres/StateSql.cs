namespace Actors.Engine.Stores.Postgres;

/// <summary>The statements on the tables of the snapshots.</summary>
internal static class StateSql
{
    public const string InsertSnapshot = """
        INSERT INTO actors.snapshot (chain, epoch, writer, unfinished, unfinished_epoch, number, height, state)
        VALUES ($1, 0, $2, 0, 0, 0, 0, '')
        """;

    // No epoch is 0: from here on nobody continues a snapshot that another writer left unfinished.
    public const string TakeEpoch = """
        UPDATE actors.snapshot SET epoch = $2, writer = $3, unfinished_epoch = 0 WHERE chain = $1 RETURNING height
        """;

    public const string ReadFence = """
        SELECT epoch, writer, unfinished, unfinished_epoch, number FROM actors.snapshot WHERE chain = $1
        """;

    // Both admit the snapshot only if it is above the current one and the unfinished one, if there is one, is this writer's own.
    public const string BeginOrContinue = """
        UPDATE actors.snapshot SET unfinished = $4, unfinished_epoch = $2
        WHERE chain = $1 AND epoch = $2 AND writer = $3 AND $4 > number
            AND (unfinished = 0 OR (unfinished = $4 AND unfinished_epoch = $2))
        """;

    public const string Finish = """
        UPDATE actors.snapshot SET unfinished = 0, unfinished_epoch = 0, number = $4, height = $5, state = $6
        WHERE chain = $1 AND epoch = $2 AND writer = $3 AND $4 > number
            AND (unfinished = 0 OR (unfinished = $4 AND unfinished_epoch = $2))
        """;

    public const string GiveUp = """
        UPDATE actors.snapshot SET unfinished_epoch = 0 WHERE chain = $1 AND epoch = $2 AND writer = $3
        RETURNING number, unfinished
        """;

    public const string ForgetUnfinished = """
        UPDATE actors.snapshot SET unfinished = 0 WHERE chain = $1
        """;

    public const string ReadManifest = """
        SELECT number, height, state FROM actors.snapshot WHERE chain = $1 AND number > 0
        """;

    public const string ReadHeight = """
        SELECT height FROM actors.chain WHERE chain = $1
        """;

    public const string WritePages = """
        WITH written AS (
            SELECT * FROM unnest($3, $4, $5, $6) AS w (table_id, page, hash, bytes)
        ), replaced AS (
            INSERT INTO actors.superseded (chain, by_snapshot, table_id, page, snapshot)
            SELECT $1, $2, w.table_id, w.page, older.snapshot
            FROM written w CROSS JOIN LATERAL (
                SELECT p.snapshot FROM actors.page p
                WHERE p.chain = $1 AND p.table_id = w.table_id AND p.page = w.page AND p.snapshot < $2
                ORDER BY p.snapshot DESC LIMIT 1) older
            ON CONFLICT DO NOTHING
        )
        INSERT INTO actors.page (chain, table_id, page, snapshot, hash, bytes)
        SELECT $1, w.table_id, w.page, $2, w.hash, w.bytes FROM written w
        ON CONFLICT (chain, table_id, page, snapshot) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes
        """;

    public const string DropUnfinished = """
        WITH gone AS (
            DELETE FROM actors.page WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM actors.page WHERE chain = $1 AND snapshot > $2 LIMIT $3))
            RETURNING table_id, page, snapshot
        ), forgotten AS (
            DELETE FROM actors.superseded s USING gone g
            WHERE s.chain = $1 AND s.by_snapshot = g.snapshot AND s.table_id = g.table_id AND s.page = g.page
        )
        SELECT count(*)::integer FROM gone
        """;

    public const string DropSuperseded = """
        WITH listed AS (
            DELETE FROM actors.superseded WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM actors.superseded WHERE chain = $1 AND by_snapshot <= $2
                ORDER BY by_snapshot, table_id, page LIMIT $3))
            RETURNING table_id, page, snapshot
        )
        DELETE FROM actors.page p USING listed l
        WHERE p.chain = $1 AND p.table_id = l.table_id AND p.page = l.page AND p.snapshot = l.snapshot
        """;

    public const string ReadPage = """
        SELECT hash, bytes FROM actors.page
        WHERE chain = $1 AND table_id = $2 AND page = $3
            AND snapshot <= (SELECT number FROM actors.snapshot WHERE chain = $1)
        ORDER BY snapshot DESC LIMIT 1
        """;

    public const string ReadPages = """
        SELECT DISTINCT ON (table_id, page) table_id, page, hash, bytes FROM actors.page
        WHERE chain = $1 AND (table_id, page) > ($2, $3)
            AND snapshot <= (SELECT number FROM actors.snapshot WHERE chain = $1)
        ORDER BY table_id, page, snapshot DESC LIMIT $4
        """;

    public const string ReadHashes = """
        SELECT table_id, page, hash FROM actors.page
        WHERE chain = $1 AND snapshot <= (SELECT number FROM actors.snapshot WHERE chain = $1)
        ORDER BY table_id, page, snapshot
        """;
}
