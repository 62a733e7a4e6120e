namespace Actors.Engine.Stores.Postgres;

/// <summary>What leads from one version of the schema to the next.</summary>
/// <param name="Name">For people.</param>
/// <param name="Sql">Statements, run in one transaction with the note that it was taken.</param>
/// <param name="UsableFrom">The oldest version whose programs can use a database that has this step; null: only those that know it.</param>
internal sealed record MigrationStep(string Name, string Sql, int? UsableFrom = null);
