namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// What a cluster keeps beside the chains: who is in it, reminders, what its grains keep, and the chains' sealing keys, which are encrypted.
/// </summary>
/// <remarks>
/// The ADO.NET providers of Orleans know no table. They read their statements from <c>OrleansQuery</c> by documented keys, and agree with them on the names of parameters
/// and columns only; so tables and statements are ours. What has to hold for the cluster to be one: a member is added or changed only together with the step
/// of the table's version from the one that the writer had read, in one statement, so that of two silos that disagree one is refused.
/// </remarks>
internal static class ClusterTables
{
    public const string Sql = Tables + Membership + Reminders + GrainState;

    /// <summary>What the role of a silo may do with them.</summary>
    public static IReadOnlyList<string> GrantsTo(string quotedRole) =>
    [
        $"GRANT SELECT ON actors.OrleansQuery TO {quotedRole}",
        $"GRANT SELECT, INSERT ON actors.sealing_key TO {quotedRole}",
        $"GRANT SELECT, INSERT, UPDATE, DELETE ON actors.cluster, actors.silo, actors.reminder, actors.grain_state TO {quotedRole}",
    ];

    private const string Tables = """
        CREATE TABLE actors.OrleansQuery (
            QueryKey varchar(64) PRIMARY KEY,
            QueryText varchar(8000) NOT NULL
        );

        CREATE TABLE actors.cluster (
            id text PRIMARY KEY,
            version integer NOT NULL,
            changed_at timestamptz NOT NULL DEFAULT now()
        ) WITH (fillfactor = 50);

        CREATE TABLE actors.silo (
            cluster text NOT NULL REFERENCES actors.cluster,
            address text NOT NULL,
            port integer NOT NULL,
            generation integer NOT NULL,
            name text NOT NULL,
            host text NOT NULL,
            status integer NOT NULL,
            gateway_port integer NOT NULL,
            suspected text,
            started_at timestamptz NOT NULL,
            alive_at timestamptz NOT NULL,
            PRIMARY KEY (cluster, address, port, generation)
        ) WITH (fillfactor = 50);

        CREATE TABLE actors.reminder (
            service text NOT NULL,
            grain text NOT NULL,
            name text NOT NULL,
            hash integer NOT NULL,
            starts_at timestamptz NOT NULL,
            period_ms bigint NOT NULL,
            version integer NOT NULL,
            PRIMARY KEY (service, grain, name)
        );

        CREATE INDEX reminder_hash ON actors.reminder (service, hash);

        CREATE TABLE actors.grain_state (
            service text NOT NULL,
            type text NOT NULL,
            n0 bigint NOT NULL,
            n1 bigint NOT NULL,
            extension text NOT NULL,
            payload bytea,
            version integer NOT NULL,
            changed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (service, type, extension, n0, n1)
        );

        CREATE TABLE actors.sealing_key (
            slug text COLLATE "C" NOT NULL,
            public_key bytea NOT NULL CHECK (octet_length(public_key) = 64),
            encrypted bytea NOT NULL CHECK (octet_length(encrypted) <= 4096),
            made_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (slug, public_key)
        );

        """;

    private const string Membership = """
        INSERT INTO actors.OrleansQuery (QueryKey, QueryText) VALUES
        ('InsertMembershipVersionKey', '
            WITH made AS (
                INSERT INTO actors.cluster (id, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*)::integer FROM made'),

        ('InsertMembershipKey', '
            WITH stepped AS (
                UPDATE actors.cluster SET version = version + 1, changed_at = now()
                WHERE id = @DeploymentId AND version = @Version AND NOT EXISTS (
                    SELECT 1 FROM actors.silo WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
                RETURNING 1),
            joined AS (
                INSERT INTO actors.silo (cluster, address, port, generation, name, host, status, gateway_port, started_at, alive_at)
                SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM stepped
                RETURNING 1)
            SELECT count(*)::integer FROM joined'),

        ('UpdateMembershipKey', '
            WITH stepped AS (
                UPDATE actors.cluster SET version = version + 1, changed_at = now()
                WHERE id = @DeploymentId AND version = @Version AND EXISTS (
                    SELECT 1 FROM actors.silo WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
                RETURNING 1),
            changed AS (
                UPDATE actors.silo SET status = @Status, suspected = @SuspectTimes, alive_at = @IAmAliveTime
                WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND EXISTS (SELECT 1 FROM stepped)
                RETURNING 1)
            SELECT count(*)::integer FROM changed'),

        ('UpdateIAmAlivetimeKey', '
            UPDATE actors.silo SET alive_at = @IAmAliveTime
            WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),

        ('MembershipReadRowKey', '
            SELECT c.id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.status AS Status,
                s.gateway_port AS ProxyPort, s.suspected AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, c.version AS Version
            FROM actors.cluster c
            LEFT JOIN actors.silo s ON s.cluster = c.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
            WHERE c.id = @DeploymentId'),

        ('MembershipReadAllKey', '
            SELECT c.id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.status AS Status,
                s.gateway_port AS ProxyPort, s.suspected AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, c.version AS Version
            FROM actors.cluster c
            LEFT JOIN actors.silo s ON s.cluster = c.id
            WHERE c.id = @DeploymentId'),

        ('GatewaysQueryKey', '
            SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
            FROM actors.silo
            WHERE cluster = @DeploymentId AND status = @Status AND gateway_port > 0'),

        ('CleanupDefunctSiloEntriesKey', '
            DELETE FROM actors.silo WHERE cluster = @DeploymentId AND status = 6 AND alive_at < @IAmAliveTime'),

        ('DeleteMembershipTableEntriesKey', '
            WITH gone AS (DELETE FROM actors.silo WHERE cluster = @DeploymentId)
            DELETE FROM actors.cluster WHERE id = @DeploymentId');

        """;

    private const string Reminders = """
        INSERT INTO actors.OrleansQuery (QueryKey, QueryText) VALUES
        ('UpsertReminderRowKey', '
            INSERT INTO actors.reminder AS r (service, grain, name, hash, starts_at, period_ms, version)
            VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
            ON CONFLICT (service, grain, name) DO UPDATE
            SET hash = excluded.hash, starts_at = excluded.starts_at, period_ms = excluded.period_ms, version = r.version + 1
            RETURNING version AS Version'),

        ('ReadReminderRowKey', '
            SELECT grain AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
            FROM actors.reminder WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName'),

        ('ReadReminderRowsKey', '
            SELECT grain AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
            FROM actors.reminder WHERE service = @ServiceId AND grain = @GrainId'),

        ('ReadRangeRows1Key', '
            SELECT grain AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
            FROM actors.reminder WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash'),

        ('ReadRangeRows2Key', '
            SELECT grain AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
            FROM actors.reminder WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)'),

        ('DeleteReminderRowKey', '
            WITH gone AS (
                DELETE FROM actors.reminder
                WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version
                RETURNING 1)
            SELECT count(*)::integer FROM gone'),

        ('DeleteReminderRowsKey', '
            DELETE FROM actors.reminder WHERE service = @ServiceId');

        """;

    private const string GrainState = """
        INSERT INTO actors.OrleansQuery (QueryKey, QueryText) VALUES
        ('WriteToStorageKey', '
            WITH first AS (
                INSERT INTO actors.grain_state (service, type, n0, n1, extension, payload, version)
                SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(CAST(@GrainIdExtensionString AS text), ''''), @PayloadBinary, 1
                WHERE CAST(@GrainStateVersion AS integer) IS NULL
                ON CONFLICT DO NOTHING
                RETURNING version),
            next AS (
                UPDATE actors.grain_state SET payload = @PayloadBinary, version = version + 1, changed_at = now()
                WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
                    AND extension = coalesce(CAST(@GrainIdExtensionString AS text), '''') AND version = CAST(@GrainStateVersion AS integer)
                RETURNING version)
            SELECT version AS NewGrainStateVersion FROM first UNION ALL SELECT version FROM next'),

        ('ReadFromStorageKey', '
            SELECT payload AS PayloadBinary, now(), version AS Version
            FROM actors.grain_state
            WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
                AND extension = coalesce(CAST(@GrainIdExtensionString AS text), '''')'),

        ('ClearStorageKey', '
            UPDATE actors.grain_state SET payload = NULL, version = version + 1, changed_at = now()
            WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
                AND extension = coalesce(CAST(@GrainIdExtensionString AS text), '''') AND version = CAST(@GrainStateVersion AS integer)
            RETURNING version AS NewGrainStateVersion'),

        ('DeleteStorageKey', '
            DELETE FROM actors.grain_state
            WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
                AND extension = coalesce(CAST(@GrainIdExtensionString AS text), '''') AND version = CAST(@GrainStateVersion AS integer)
            RETURNING version + 1 AS NewGrainStateVersion');

        """;
}
