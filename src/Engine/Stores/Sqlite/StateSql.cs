namespace Actors.Engine.Stores.Sqlite;

/// <summary>The statements on state.db. Parameters are bound in the order in which their names first occur.</summary>
internal static class StateSql
{
    public const string ReadFence = """
        SELECT epoch, unfinished, unfinished_epoch FROM fence WHERE id = 1
        """;

    public const string TakeEpoch = """
        UPDATE fence SET epoch = @epoch WHERE id = 1 AND epoch < @epoch
        """;

    // Both admit the snapshot only if it is above the current one and the unfinished one, if there is one, is this
    // writer's own.
    public const string BeginOrContinue = """
        UPDATE fence SET unfinished = @snapshot, unfinished_epoch = @epoch
        WHERE id = 1 AND epoch = @epoch
            AND (unfinished = 0 OR (unfinished = @snapshot AND unfinished_epoch = @epoch))
            AND @snapshot > coalesce((SELECT snapshot FROM manifest WHERE id = 1), 0)
        """;

    public const string Finish = """
        UPDATE fence SET unfinished = 0, unfinished_epoch = 0
        WHERE id = 1 AND epoch = @epoch
            AND (unfinished = 0 OR (unfinished = @snapshot AND unfinished_epoch = @epoch))
            AND @snapshot > coalesce((SELECT snapshot FROM manifest WHERE id = 1), 0)
        """;

    // No epoch is 0: from here on nobody continues the unfinished snapshot, also when it is dropped only in part.
    public const string GiveUp = """
        UPDATE fence SET unfinished_epoch = 0 WHERE id = 1 AND epoch = @epoch
        """;

    public const string ForgetUnfinished = """
        UPDATE fence SET unfinished = 0 WHERE id = 1
        """;

    public const string ReadManifest = """
        SELECT snapshot, height, state FROM manifest WHERE id = 1
        """;

    public const string WriteManifest = """
        INSERT INTO manifest (id, snapshot, height, state) VALUES (1, @snapshot, @height, @state)
        ON CONFLICT (id) DO UPDATE SET snapshot = excluded.snapshot, height = excluded.height, state = excluded.state
        """;

    public const string FindNewest = """
        SELECT id, snapshot FROM page WHERE table_id = @table_id AND page = @page ORDER BY snapshot DESC LIMIT 1
        """;

    public const string InsertPage = """
        INSERT INTO page (table_id, page, snapshot, hash, bytes) VALUES (@table_id, @page, @snapshot, @hash, @bytes)
        """;

    public const string ReplacePage = """
        UPDATE page SET hash = @hash, bytes = @bytes WHERE id = @id
        """;

    public const string InsertSuperseded = """
        INSERT INTO superseded (page_id, by_snapshot) VALUES (@page_id, @by_snapshot)
        """;

    public const string ReadLast = """
        SELECT id, snapshot FROM page ORDER BY id DESC LIMIT 1
        """;

    public const string ReadSuperseded = """
        SELECT page_id FROM superseded WHERE by_snapshot <= @current ORDER BY page_id LIMIT 1
        """;

    public const string DeletePage = """
        DELETE FROM page WHERE id = @id
        """;

    public const string DeleteSuperseded = """
        DELETE FROM superseded WHERE page_id = @page_id
        """;

    public const string DeleteSupersededAbove = """
        DELETE FROM superseded WHERE by_snapshot > @current
        """;

    public static readonly string[] Forget =
    [
        "UPDATE fence SET epoch = epoch + 1, unfinished = 0, unfinished_epoch = 0 WHERE id = 1",
        "DELETE FROM manifest",
        "DELETE FROM superseded",
        "DELETE FROM page",
    ];

    public const string ReadPage = """
        SELECT hash, bytes FROM page
        WHERE table_id = @table_id AND page = @page
            AND snapshot <= (SELECT snapshot FROM manifest WHERE id = 1)
        ORDER BY snapshot DESC LIMIT 1
        """;

    public const string ReadHashes = """
        SELECT table_id, page, hash FROM page
        WHERE snapshot <= (SELECT snapshot FROM manifest WHERE id = 1)
        ORDER BY table_id, page, snapshot
        """;
}
