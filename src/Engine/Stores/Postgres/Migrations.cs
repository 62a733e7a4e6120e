namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// The steps that lead to the schema, in order. A step is never changed once released.
/// </summary>
/// <remarks>
/// <para>
/// While a new version is rolled out, processes of the old one run over the new schema, and may have to start over it. So a step that only adds (a table, an
/// index, a column that may be missing) says from which version on programs can use a database that has it, and what takes away or changes something comes a
/// release later, when nobody is left who needs it.
/// </para>
/// <para>
/// All chains of a database share the tables; each row begins with its chain's number, four bytes where the id would be up to 32. What is
/// true only of a chain at a time (head, epoch) is one short row that changes in place: half of each page is left free, so that an update
/// stays on its page and touches no index.
/// </para>
/// <para>
/// <c>block.bytes</c> is kept out of line and not compressed. Blocks are mostly hashes, signatures and numbers of accounts, and a prefix of
/// an lz4 value cannot be read without the rest. Everything but <c>page</c> and <c>superseded</c> is only ever inserted, so it is frozen by the
/// first vacuum that meets it, and never rewritten for the sake of transaction ids.
/// </para>
/// <para>
/// <c>page.bytes</c> is compressed and kept in its row where it fits: 64 records of small numbers shrink to a part, and a page read is
/// one heap row. A page's versions are rows of their own: a new one is inserted, and the old one deleted after the switch. <c>superseded</c> lists
/// what a snapshot replaces, so that dropping costs what is dropped and no scan. The key carries the hash, so that all hashes are read from the
/// index alone.
/// </para>
/// </remarks>
internal static class Migrations
{
    // IF NOT EXISTS would ask for the right to create schemas also where one was made for this role beforehand.
    public const string CreateSchemaIfMissing = """
        DO $$ BEGIN IF to_regnamespace('actors') IS NULL THEN CREATE SCHEMA actors; END IF; END $$
        """;

    public const string CreateRegister = """
        CREATE TABLE IF NOT EXISTS actors.migration (
            version integer PRIMARY KEY,
            name text NOT NULL,
            taken_at timestamptz NOT NULL DEFAULT now()
        )
        """;

    private const string Log = """
        CREATE TABLE actors.chain (
            chain integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            slug text COLLATE "C" NOT NULL UNIQUE CHECK (slug ~ '^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$'),
            epoch bigint NOT NULL,
            writer uuid NOT NULL,
            height bigint NOT NULL,
            head_hash bytea NOT NULL CHECK (octet_length(head_hash) = 32),
            head_time_ms bigint NOT NULL,
            log_bytes bigint NOT NULL,
            closed_to text CHECK (char_length(closed_to) BETWEEN 1 AND 1024)
        ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

        CREATE TABLE actors.genesis (
            chain integer PRIMARY KEY REFERENCES actors.chain,
            bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 1048576)
        );

        CREATE TABLE actors.block (
            chain integer NOT NULL,
            height bigint NOT NULL,
            time_ms bigint NOT NULL,
            hash bytea NOT NULL CHECK (octet_length(hash) = 32),
            bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 67108864),
            PRIMARY KEY (chain, height)
        ) WITH (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000, autovacuum_freeze_min_age = 0);

        ALTER TABLE actors.block ALTER COLUMN bytes SET STORAGE EXTERNAL;

        CREATE TABLE actors.id_filter (
            chain integer NOT NULL,
            first_height bigint NOT NULL,
            last_height bigint NOT NULL,
            first_time_ms bigint NOT NULL,
            last_time_ms bigint NOT NULL,
            bits bytea NOT NULL CHECK (octet_length(bits) <= 16777216),
            PRIMARY KEY (chain, first_height)
        ) WITH (autovacuum_freeze_min_age = 0);

        ALTER TABLE actors.id_filter ALTER COLUMN bits SET STORAGE EXTERNAL;

        CREATE INDEX id_filter_first_time ON actors.id_filter (chain, first_time_ms, first_height);

        CREATE INDEX id_filter_last_time ON actors.id_filter (chain, last_time_ms, first_height);

        CREATE TABLE actors.history_tile (
            chain integer NOT NULL,
            level integer NOT NULL,
            tile bigint NOT NULL,
            root bytea NOT NULL CHECK (octet_length(root) = 32),
            PRIMARY KEY (chain, level, tile)
        ) WITH (autovacuum_freeze_min_age = 0);

        CREATE TABLE actors.key_change (
            chain integer NOT NULL,
            height bigint NOT NULL,
            position integer NOT NULL,
            bytes bytea NOT NULL CHECK (octet_length(bytes) <= 4194304),
            PRIMARY KEY (chain, height, position)
        ) WITH (autovacuum_freeze_min_age = 0);
        """;

    private const string Snapshots = """
        CREATE TABLE actors.snapshot (
            chain integer PRIMARY KEY REFERENCES actors.chain,
            epoch bigint NOT NULL,
            writer uuid NOT NULL,
            unfinished bigint NOT NULL,
            unfinished_epoch bigint NOT NULL,
            number bigint NOT NULL,
            height bigint NOT NULL,
            state bytea NOT NULL CHECK (octet_length(state) <= 65536)
        ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

        CREATE TABLE actors.page (
            chain integer NOT NULL,
            table_id integer NOT NULL,
            page bigint NOT NULL,
            snapshot bigint NOT NULL,
            hash bytea NOT NULL CHECK (octet_length(hash) = 32),
            bytes bytea COMPRESSION lz4 NOT NULL CHECK (octet_length(bytes) <= 65536),
            PRIMARY KEY (chain, table_id, page, snapshot) INCLUDE (hash)
        ) WITH (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 10000);

        ALTER TABLE actors.page ALTER COLUMN bytes SET STORAGE MAIN;

        CREATE INDEX page_snapshot ON actors.page (chain, snapshot);

        CREATE TABLE actors.superseded (
            chain integer NOT NULL,
            by_snapshot bigint NOT NULL,
            table_id integer NOT NULL,
            page bigint NOT NULL,
            snapshot bigint NOT NULL,
            PRIMARY KEY (chain, by_snapshot, table_id, page)
        ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 10000);
        """;

    /// <summary>Null: programs that do not know the version cannot use it.</summary>
    private const string Readers = """
        ALTER TABLE actors.migration ADD COLUMN usable_from integer
        """;

    /// <summary>By version, from 1.</summary>
    public static readonly IReadOnlyList<MigrationStep> Steps =
        [new("log", Log), new("snapshots", Snapshots), new("cluster", ClusterTables.Sql), new("due", DueSql.Migration), new("readers", Readers)];

    /// <summary>What the role of the node may do: nothing that changes a block, a key change or the schema.</summary>
    public static IReadOnlyList<string> GrantsTo(string quotedRole) =>
    [
        $"GRANT USAGE ON SCHEMA actors TO {quotedRole}",
        $"GRANT SELECT ON actors.migration TO {quotedRole}",
        $"GRANT SELECT, INSERT ON actors.genesis, actors.block, actors.id_filter, actors.history_tile, actors.key_change TO {quotedRole}",
        $"GRANT SELECT, INSERT, UPDATE ON actors.chain, actors.snapshot TO {quotedRole}",
        $"GRANT SELECT, INSERT, UPDATE, DELETE ON actors.page TO {quotedRole}",
        $"GRANT SELECT, INSERT, DELETE ON actors.superseded TO {quotedRole}",
        .. ClusterTables.GrantsTo(quotedRole),
        DueSql.GrantTo(quotedRole),
    ];
}
