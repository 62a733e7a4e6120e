namespace Actors.Engine.Stores.Postgres;

/// <summary>The statements on the tables of the log.</summary>
internal static class LogSql
{
    public const string ListChains = """
        SELECT slug FROM actors.chain ORDER BY slug
        """;

    public const string FindChain = """
        SELECT c.chain, g.bytes FROM actors.chain c JOIN actors.genesis g ON g.chain = c.chain WHERE c.slug = $1
        """;

    public const string InsertChain = """
        INSERT INTO actors.chain (slug, epoch, writer, height, head_hash, head_time_ms, log_bytes)
        VALUES ($1, 0, $2, 0, $3, 0, 0)
        ON CONFLICT (slug) DO NOTHING
        RETURNING chain
        """;

    public const string InsertGenesis = """
        INSERT INTO actors.genesis (chain, bytes) VALUES ($1, $2)
        """;

    public const string ReadHead = """
        SELECT epoch, height, head_hash, head_time_ms, writer FROM actors.chain WHERE chain = $1
        """;

    public const string TakeEpoch = """
        UPDATE actors.chain SET epoch = epoch + 1, writer = $2 WHERE chain = $1
        RETURNING epoch, height, head_hash, head_time_ms, writer
        """;

    public const string ReadClosedTo = """
        SELECT closed_to FROM actors.chain WHERE chain = $1 AND closed_to IS NOT NULL
        """;

    // The epoch is raised too, so that the writer that closes the chain is as fenced as any other.
    public const string Close = """
        UPDATE actors.chain SET closed_to = $4, epoch = epoch + 1 WHERE chain = $1 AND epoch = $2 AND writer = $3
        """;

    public const string CloseState = """
        UPDATE actors.snapshot SET epoch = epoch + 1 WHERE chain = $1
        """;

    public const string Rename = """
        UPDATE actors.chain SET slug = $2 WHERE slug = $1
            AND NOT EXISTS (SELECT FROM actors.chain other WHERE other.slug = $2)
        """;

    public const string ConfirmEpoch = """
        UPDATE actors.chain SET epoch = epoch WHERE chain = $1 AND epoch = $2 AND writer = $3
        RETURNING epoch, height, head_hash, head_time_ms, writer
        """;

    // One statement: the row is inserted only if the fence let the head move.
    public const string Append = """
        WITH moved AS (
            UPDATE actors.chain
            SET height = $4, head_hash = $5, head_time_ms = $6, log_bytes = log_bytes + octet_length($7)
            WHERE chain = $1 AND epoch = $2 AND writer = $3 AND height = $4 - 1 AND head_hash = $8 AND head_time_ms <= $6
            RETURNING chain
        )
        INSERT INTO actors.block (chain, height, time_ms, hash, bytes) SELECT chain, $4, $6, $5, $7 FROM moved
        """;

    public const string InsertFilter = """
        INSERT INTO actors.id_filter (chain, first_height, last_height, first_time_ms, last_time_ms, bits)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    public const string InsertTile = """
        INSERT INTO actors.history_tile (chain, level, tile, root) VALUES ($1, $2, $3, $4)
        """;

    public const string InsertKeyChange = """
        INSERT INTO actors.key_change (chain, height, position, bytes) VALUES ($1, $2, $3, $4)
        """;

    public const string ReadBlock = """
        SELECT bytes FROM actors.block WHERE chain = $1 AND height = $2
        """;

    public const string ReadAppend = """
        SELECT time_ms, hash, bytes FROM actors.block WHERE chain = $1 AND height = $2
        """;

    public const string ReadBlockPrefix = """
        SELECT substring(bytes FROM 1 FOR $3) FROM actors.block WHERE chain = $1 AND height = $2
        """;

    public const string ReadBlockHash = """
        SELECT hash FROM actors.block WHERE chain = $1 AND height = $2
        """;

    public const string ReadBlockTime = """
        SELECT time_ms FROM actors.block WHERE chain = $1 AND height = $2
        """;

    public const string ReadHashes = """
        SELECT height, hash FROM actors.block WHERE chain = $1 AND height >= $2 ORDER BY height LIMIT $3
        """;

    public const string ReadTile = """
        SELECT root FROM actors.history_tile WHERE chain = $1 AND level = $2 AND tile = $3
        """;

    // Stretches ascend: of those that end in time, the first one begins first. The rest is a range of their beginnings.
    public const string ReadFilters = """
        SELECT first_height, last_height, first_time_ms, last_time_ms, bits FROM actors.id_filter
        WHERE chain = $1 AND last_time_ms >= $2 AND first_time_ms <= $3 AND first_time_ms >= (
            SELECT first_time_ms FROM actors.id_filter WHERE chain = $1 AND last_time_ms >= $2
            ORDER BY last_time_ms, first_height LIMIT 1)
        ORDER BY first_time_ms, first_height
        """;

    public const string ReadFiltersOf = """
        SELECT first_height, last_height, first_time_ms, last_time_ms, bits FROM actors.id_filter
        WHERE chain = $1 AND last_time_ms = $2 AND last_height = $3 ORDER BY first_height
        """;

    public const string LastFilteredHeight = """
        SELECT last_height FROM actors.id_filter WHERE chain = $1 ORDER BY first_height DESC LIMIT 1
        """;

    public const string ReadKeyChangesOf = """
        SELECT bytes FROM actors.key_change WHERE chain = $1 AND height = $2 ORDER BY position
        """;

    public const string ReadKeyChanges = """
        SELECT height, bytes FROM actors.key_change WHERE chain = $1 ORDER BY height, position
        """;

    // All chains share the tables, so nobody can say which of their bytes are whose: each has its share by the blocks it appended.
    public const string ReadBytes = """
        SELECT (tables.bytes * coalesce(c.log_bytes / (SELECT nullif(sum(log_bytes), 0) FROM actors.chain), 0))::bigint
        FROM actors.chain c, (
            SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
            WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'actors') AND relkind = 'r') tables
        WHERE c.chain = $1
        """;
}
