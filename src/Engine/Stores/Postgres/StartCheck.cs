using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// What is looked at before a node uses a database: the server's version, the schema's, and whether the server keeps what it acknowledges.
/// </summary>
internal static class StartCheck
{
    private const string ReadServer = """
        SELECT current_setting('server_version_num')::integer, current_setting('fsync'), current_setting('full_page_writes'),
            current_setting('synchronous_standby_names'), pg_is_in_recovery()::text
        """;

    /// <summary>Gives what whoever runs the node should know, a sentence each.</summary>
    /// <exception cref="StoreSetupException">The server is too old or a standby, or the schema is missing or older.</exception>
    /// <exception cref="StoreTooNewException">A newer version of this program made the schema.</exception>
    public static IReadOnlyList<string> Run(NpgsqlConnection connection)
    {
        using var read = new Statement(connection, ReadServer);
        using var rows = read.Query();
        rows.Step();
        var (version, isFsync, isWholePages, standbys, isStandby) = (rows.Int32(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4));
        rows.Dispose();
        if (version < PostgresSettings.ServerVersionMin)
            throw new StoreSetupException($"Expected PostgreSQL {PostgresSettings.ServerVersionMin / 10_000} or later, found {version / 10_000}.");
        if (isStandby == "true")
            throw new StoreSetupException("Expected the primary, found a standby: name the primary in the connection string.");
        SchemaVersion.Require(connection);
        return Notices(isFsync, isWholePages, standbys);
    }

    private static List<string> Notices(string fsync, string wholePages, string standbys)
    {
        var notices = new List<string>
        {
            standbys.Length == 0
                ? "PostgreSQL has no synchronous standby (synchronous_standby_names is empty): a failover to a standby can lose acknowledged "
                + "blocks; a writer that finds an older head than it knew stops with HeadBehind"
                : $"PostgreSQL replicates synchronously ({standbys}): a failover to such a standby loses no acknowledged block",
        };
        if (fsync != "on")
            notices.Add("PostgreSQL runs with fsync off: a power cut can lose or damage acknowledged blocks");
        if (wholePages != "on")
            notices.Add("PostgreSQL runs with full_page_writes off: a power cut can damage the database");
        return notices;
    }
}
