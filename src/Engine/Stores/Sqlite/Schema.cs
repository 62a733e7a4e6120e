namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// What a kind of file holds: a number that marks it as ours, and the steps that lead to its tables. A step is never
/// changed once released; the file's <c>user_version</c> counts the steps it has taken.
/// </summary>
internal sealed record Schema(int ApplicationId, params string[] Migrations)
{
    /// <summary>Makes the tables of a file that has just been created.</summary>
    public void Create(SqliteFile file)
    {
        file.Run($"PRAGMA application_id = {ApplicationId}");
        Migrate(file, 0);
    }

    /// <summary>Whether the file has to be brought up to date before it is used.</summary>
    /// <exception cref="StoreTooNewException">Its version is above those known here.</exception>
    /// <exception cref="StoreCorruptException">It is not a file of this kind.</exception>
    public bool NeedsMigration(SqliteFile file)
    {
        var applicationId = file.ReadPragma("application_id");
        if (applicationId != ApplicationId)
            throw new StoreCorruptException(
                $"'{file.Path}': expected application id {ApplicationId:x8}, found {applicationId:x8}.");
        var version = file.ReadPragma("user_version");
        if (version > Migrations.Length)
            throw new StoreTooNewException($"'{file.Path}': expected schema version {Migrations.Length} or below, found "
                + $"{version}: a newer version of this program wrote it.");
        return version < Migrations.Length;
    }

    /// <summary>Takes the steps that the file lacks, in order, each with its version in one transaction.</summary>
    public void Migrate(WriteTurn turn)
    {
        for (var more = true; more;)
        {
            using var transaction = turn.Begin();
            // Read under the write lock: another process may have taken a step since.
            more = NeedsMigration(transaction.File);
            if (more)
                TakeStep(transaction.File, (int)transaction.File.ReadPragma("user_version"));
            transaction.Commit();
        }
    }

    private void Migrate(SqliteFile file, int version)
    {
        file.Run("BEGIN IMMEDIATE");
        for (; version < Migrations.Length; version++)
            TakeStep(file, version);
        file.Run("COMMIT");
    }

    private void TakeStep(SqliteFile file, int version)
    {
        file.Run(Migrations[version]);
        file.Run($"PRAGMA user_version = {version + 1}");
    }
}
