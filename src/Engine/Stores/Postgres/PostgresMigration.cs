using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>What a migration did.</summary>
/// <param name="Database">Where: host and database.</param>
/// <param name="FromVersion">The schema's version before; 0 for none.</param>
/// <param name="ToVersion">And after.</param>
/// <param name="Steps">The names of the steps that were taken.</param>
public sealed record MigrationReport(string Database, int FromVersion, int ToVersion, IReadOnlyList<string> Steps);

/// <summary>
/// Brings a database's schema up to date: the steps that it lacks, in order, each with its version in one transaction, under a lock that keeps
/// a second migration waiting. Run as the role that owns the schema, which need not be a superuser, and is not the node's.
/// </summary>
public static class PostgresMigration
{
    // "actors" in ASCII: an advisory lock is a number that all programs of a database share.
    private const long LockKey = 0x6163_746F_7273;

    private const string TakeLock = """
        SELECT pg_advisory_lock($1)
        """;

    private const string Note = """
        INSERT INTO actors.migration (version, name) VALUES ($1, $2)
        """;

    private const string NoteUsableFrom = """
        UPDATE actors.migration SET usable_from = $2 WHERE version = $1
        """;

    private const string FindRole = """
        SELECT rolname::text FROM pg_roles WHERE rolname = $1
        """;

    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="nodeRole">The role that nodes connect as, which is granted what they need and no more; null grants nothing.</param>
    /// <exception cref="StoreSetupException">It cannot be done so; the message says what to change.</exception>
    /// <exception cref="StoreTooNewException">A newer version of this program made the schema.</exception>
    public static MigrationReport Run(string connectionString, string? nodeRole) => Run(connectionString, nodeRole, Migrations.Steps);

    /// <summary>With the steps of another version of this program, for tests.</summary>
    internal static MigrationReport Run(string connectionString, string? nodeRole, IReadOnlyList<MigrationStep> known)
    {
        var address = PostgresAddress.Parse(connectionString);
        using var connections = new Connections(address, connectionsMax: 1);
        try
        {
            return connections.Read(connection => Run(connection, address.Name, nodeRole, known));
        }
        catch (StoreUnavailableException e)
        {
            throw new StoreSetupException($"{e.Message}; check the connection string, and that this role may create the schema 'actors' "
                + "in the database or owns it", e);
        }
    }

    private static MigrationReport Run(NpgsqlConnection connection, string name, string? nodeRole, IReadOnlyList<MigrationStep> known)
    {
        // Released with the connection, whatever happens.
        using (var take = new Statement(connection, TakeLock).With(LockKey))
            take.Run();
        try
        {
            var from = SchemaVersion.ReadForMigration(connection, known.Count);
            if (nodeRole is not null)
                RequireRole(connection, nodeRole);
            var steps = new List<string>();
            for (var version = from + 1; version <= known.Count; version++)
                steps.Add(TakeStep(connection, version, known[version - 1]));
            if (nodeRole is not null)
                Grant(connection, nodeRole);
            return new MigrationReport(name, from, known.Count, steps);
        }
        finally
        {
            NpgsqlConnection.ClearPool(connection);
        }
    }

    private static string TakeStep(NpgsqlConnection connection, int version, MigrationStep step)
    {
        using var transaction = connection.BeginTransaction();
        if (version == 1)
        {
            Execute(connection, Migrations.CreateSchemaIfMissing);
            Execute(connection, Migrations.CreateRegister);
        }

        Execute(connection, step.Sql);
        using (var note = new Statement(connection, Note).With(version).With(step.Name))
            note.Run();
        if (step.UsableFrom is { } usableFrom)
        {
            using var note = new Statement(connection, NoteUsableFrom).With(version).With(usableFrom);
            note.Run();
        }

        transaction.Commit();
        return step.Name;
    }

    private static void RequireRole(NpgsqlConnection connection, string role)
    {
        using var find = new Statement(connection, FindRole).With(role);
        using var rows = find.Query();
        if (!rows.Step())
            throw new StoreSetupException($"Expected a role '{role}', found none: create it first, for example with "
                + $"CREATE ROLE {Quote(role)} LOGIN.");
    }

    private static void Grant(NpgsqlConnection connection, string role)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var grant in Migrations.GrantsTo(Quote(role)))
            Execute(connection, grant);
        transaction.Commit();
    }

    // A name cannot be a parameter. Doubling the quotes is all that the standard asks for.
    private static string Quote(string role) => $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
