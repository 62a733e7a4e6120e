using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>Where a PostgreSQL database is, as a connection string says it; <see cref="Name"/> is what messages may show of it.</summary>
internal sealed class PostgresAddress
{
    public const string Example = "Host=localhost;Database=actors;Username=actors_node";
    private const string ApplicationName = "actors";
    private readonly NpgsqlConnectionStringBuilder _given;

    private PostgresAddress(NpgsqlConnectionStringBuilder given) => _given = given;

    /// <summary>Host and database: no user, no password.</summary>
    public string Name => $"PostgreSQL {_given.Host}:{_given.Port}/{_given.Database}";

    /// <summary>Whether several hosts are named, of which the one that is the primary is meant.</summary>
    public bool HasManyHosts => _given.Host!.Contains(',', StringComparison.Ordinal);

    /// <exception cref="StoreSetupException">It is no connection string, or names no host or database.</exception>
    public static PostgresAddress Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The text itself may hold a password, so only what the parser says of it is repeated.
            throw new StoreSetupException($"Expected a PostgreSQL connection string such as '{Example}', found one that cannot be read: {e.Message}");
        }

        if (string.IsNullOrEmpty(given.Host))
            throw new StoreSetupException($"Expected a PostgreSQL connection string such as '{Example}', found one without Host.");
        if (string.IsNullOrEmpty(given.Database))
            throw new StoreSetupException($"Expected a PostgreSQL connection string such as '{Example}', found one without Database.");
        return new PostgresAddress(given);
    }

    /// <summary>The connection string with the settings that we rely on, for at most so many connections.</summary>
    public string For(int connectionsMax) => new NpgsqlConnectionStringBuilder(_given.ConnectionString)
    {
        ApplicationName = _given.ApplicationName ?? ApplicationName,
        Pooling = true,
        MinPoolSize = 0,
        MaxPoolSize = connectionsMax,
        NoResetOnClose = true, // our sessions change nothing after their first statement
        MaxAutoPrepare = 0,
        Multiplexing = false,
        Enlist = false,
        Timeout = PostgresSettings.ConnectTimeoutSeconds,
        CommandTimeout = PostgresSettings.CommandTimeoutSeconds,
        ReadBufferSize = PostgresSettings.BufferBytes,
        WriteBufferSize = PostgresSettings.BufferBytes,
        HostRecheckSeconds = 1,
        PersistSecurityInfo = false,
        IncludeErrorDetail = false,
    }.ConnectionString;
}
