using System.Security.Cryptography;
using Actors.Engine.Stores.Postgres;
using Npgsql;

namespace Actors.Tests.Postgres;

/// <summary>
/// A database of its own with the schema in it: owned by one role, used by another, neither of them a superuser. Disposing drops all of
/// it.
/// </summary>
public sealed class PostgresDatabase : IDisposable
{
    private readonly string _admin;
    private readonly string _name = $"actors_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public PostgresDatabase()
        : this(SharedPostgres.ConnectionString)
    {
    }

    /// <param name="admin">A connection string of a role that may create databases and roles.</param>
    /// <param name="migrate">Whether to make the schema.</param>
    internal PostgresDatabase(string admin, bool migrate = true)
    {
        _admin = admin;
        Administer($"CREATE ROLE {Owner} LOGIN PASSWORD '{_password}'");
        Administer($"CREATE ROLE {Node} LOGIN PASSWORD '{_password}'");
        Administer($"GRANT {Owner} TO CURRENT_USER");
        Administer($"CREATE DATABASE {_name} OWNER {Owner} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        if (migrate)
            PostgresMigration.Run(OwnerString, Node);
    }

    public string Owner => $"{_name}_owner";

    public string Node => $"{_name}_node";

    /// <summary>As the role that owns the schema.</summary>
    public string OwnerString => As(Owner);

    /// <summary>As the role that a node connects as.</summary>
    public string NodeString => As(Node);

    /// <summary>The same database on another server: a standby, or a proxy before this one.</summary>
    public string NodeStringAt(int port) => new NpgsqlConnectionStringBuilder(NodeString) { Port = port }.ConnectionString;

    /// <summary>Runs statements as the owner.</summary>
    public void Execute(string sql) => Execute(OwnerString, sql);

    /// <summary>Runs statements in this database as whoever administers the server.</summary>
    public void ExecuteAsAdmin(string sql) => Execute(AdminString, sql);

    /// <summary>Reads one value as the owner.</summary>
    public T Read<T>(string sql) => Read<T>(OwnerString, sql);

    /// <summary>Reads one value as whoever administers the server, who sees what others do.</summary>
    public T ReadAsAdmin<T>(string sql) => Read<T>(AdminString, sql);

    /// <summary>Removes all chains, and what room they took.</summary>
    public void Clear() => Execute("""
        TRUNCATE actors.due, actors.superseded, actors.page, actors.snapshot, actors.key_change, actors.history_tile, actors.id_filter, actors.block,
            actors.genesis, actors.chain
        """);

    public void Dispose()
    {
        Administer($"DROP DATABASE {_name} WITH (FORCE)");
        Administer($"DROP ROLE {Node}");
        Administer($"DROP ROLE {Owner}");
    }

    private string AdminString => new NpgsqlConnectionStringBuilder(_admin) { Database = _name }.ConnectionString;

    private string As(string role) => new NpgsqlConnectionStringBuilder(_admin)
    {
        Database = _name,
        Username = role,
        Password = _password,
    }.ConnectionString;

    private void Administer(string sql) => Execute(_admin, sql);

    private static T Read<T>(string connectionString, string sql)
    {
        using var connection = Open(connectionString);
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    private static void Execute(string connectionString, string sql)
    {
        using var connection = Open(connectionString);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static NpgsqlConnection Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return connection;
    }
}
