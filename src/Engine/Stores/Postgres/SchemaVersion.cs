using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>How far a database's schema is, compared with what this program knows.</summary>
internal static class SchemaVersion
{
    private const string IsThere = """
        SELECT (to_regclass('actors.migration') IS NOT NULL)::text
        """;

    private const string ReadVersion = """
        SELECT coalesce(max(version), 0) FROM actors.migration
        """;

    public static int Current => Migrations.Steps.Count;

    /// <summary>0 when there is none.</summary>
    /// <exception cref="StoreTooNewException">A newer version of this program made it.</exception>
    public static int Read(NpgsqlConnection connection)
    {
        if (ReadText(connection, IsThere) != "true")
            return 0;
        using var read = new Statement(connection, ReadVersion);
        using var rows = read.Query();
        rows.Step();
        var version = rows.Int32(0);
        return version <= Current
            ? version
            : throw new StoreTooNewException($"Database '{connection.Database}': expected schema version {Current} or below, found {version}: a "
                + "newer version of this program made it.");
    }

    /// <exception cref="StoreSetupException">The schema is missing or older; the message says what to run.</exception>
    /// <exception cref="StoreTooNewException">It is newer.</exception>
    public static void Require(NpgsqlConnection connection)
    {
        var version = Read(connection);
        if (version < Current)
            throw new StoreSetupException($"Database '{connection.Database}': expected schema version {Current}, found "
                + $"{(version == 0 ? "no schema" : $"version {version}")}; run 'actors db migrate' as the role that owns the schema, "
                + "with --node-role for the role of this node.");
    }

    private static string ReadText(NpgsqlConnection connection, string sql)
    {
        using var read = new Statement(connection, sql);
        using var rows = read.Query();
        rows.Step();
        return rows.Text(0);
    }
}
