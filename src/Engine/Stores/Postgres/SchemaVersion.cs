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

    // Of the steps that are not known here, the one that asks for most. The column is one of the steps that are known.
    private const string ReadUsableFrom = """
        SELECT coalesce(max(coalesce(usable_from, version)), 0) FROM actors.migration WHERE version > $1
        """;

    public static int Current => Migrations.Steps.Count;

    /// <summary>0 when there is none.</summary>
    public static int Read(NpgsqlConnection connection)
    {
        if (ReadText(connection, IsThere) != "true")
            return 0;
        using var read = new Statement(connection, ReadVersion);
        return ReadNumber(read);
    }

    /// <summary>For whoever is to take steps.</summary>
    /// <exception cref="StoreTooNewException">A newer version of this program made it.</exception>
    public static int ReadForMigration(NpgsqlConnection connection, int known)
    {
        var version = Read(connection);
        return version <= known ? version : throw TooNew(connection, known, version, "");
    }

    /// <summary>A newer schema is as good as the one known here if each step of it says so.</summary>
    /// <exception cref="StoreSetupException">The schema is missing or older; the message says what to run.</exception>
    /// <exception cref="StoreTooNewException">It is newer, and this program cannot use it.</exception>
    public static void Require(NpgsqlConnection connection)
    {
        var version = Read(connection);
        if (version < Current)
            throw new StoreSetupException($"Database '{connection.Database}': expected schema version {Current}, found "
                + $"{(version == 0 ? "no schema" : $"version {version}")}; run 'actors db migrate' as the role that owns the schema, "
                + "with --node-role for the role of this node.");
        if (version == Current)
            return;
        using var read = new Statement(connection, ReadUsableFrom).With(Current);
        var usableFrom = ReadNumber(read);
        if (usableFrom > Current)
            throw TooNew(connection, Current, version, $", for programs of version {usableFrom} and later");
    }

    private static StoreTooNewException TooNew(NpgsqlConnection connection, int known, int found, string forWhom) => new(
        $"Database '{connection.Database}': expected schema version {known} or below, found {found}{forWhom}: a newer version of this program made it.");

    private static int ReadNumber(Statement read)
    {
        using var rows = read.Query();
        rows.Step();
        return rows.Int32(0);
    }

    private static string ReadText(NpgsqlConnection connection, string sql)
    {
        using var read = new Statement(connection, sql);
        using var rows = read.Query();
        rows.Step();
        return rows.Text(0);
    }
}
