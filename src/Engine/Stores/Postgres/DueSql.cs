namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// When chains are to be woken. A table of its own: the chain's row changes with every block, and with an indexed column in it each change would touch the
/// index. A chain with nothing due has no row.
/// </summary>
internal static class DueSql
{
    // Chains that are there already are woken once, and then keep what is due themselves. An unfinished copy is not a chain that can be opened.
    public const string Migration = """
        CREATE TABLE actors.due (
            chain integer PRIMARY KEY REFERENCES actors.chain,
            due_ms bigint NOT NULL
        ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

        CREATE INDEX due_first ON actors.due (due_ms, chain);

        INSERT INTO actors.due (chain, due_ms)
        SELECT chain, 0 FROM actors.chain WHERE height > 0 AND closed_to IS NULL AND slug !~ '^copy-[0-9a-f]{26}$';
        """;

    public const string Write = """
        INSERT INTO actors.due (chain, due_ms) VALUES ($1, $2) ON CONFLICT (chain) DO UPDATE SET due_ms = excluded.due_ms
        """;

    public const string Remove = """
        DELETE FROM actors.due WHERE chain = $1
        """;

    // The chain's row is held until the commit, so no block comes in between.
    public const string ConfirmHead = """
        UPDATE actors.chain SET epoch = epoch WHERE chain = $1 AND epoch = $2 AND writer = $3 RETURNING height
        """;

    public const string WriteRenamed = """
        INSERT INTO actors.due (chain, due_ms) SELECT chain, 0 FROM actors.chain WHERE slug = $1 AND height > 0
        ON CONFLICT (chain) DO UPDATE SET due_ms = 0
        """;

    public const string List = """
        SELECT c.slug, d.due_ms FROM (
            SELECT chain, due_ms FROM actors.due
            WHERE due_ms <= $1 AND (due_ms, chain) > ($2, coalesce((SELECT chain FROM actors.chain WHERE slug = $3), 0))
            ORDER BY due_ms, chain LIMIT $4) d
        JOIN actors.chain c ON c.chain = d.chain
        ORDER BY d.due_ms, d.chain
        """;

    /// <summary>What the role of the node may do with it.</summary>
    public static string GrantTo(string quotedRole) => $"GRANT SELECT, INSERT, UPDATE, DELETE ON actors.due TO {quotedRole}";
}
