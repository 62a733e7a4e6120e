using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;

namespace Actors.Engine.Tests.Stores.Sqlite;

public sealed class SqliteSchemaTests : IDisposable
{
    private const string Step1 = "CREATE TABLE first (id INTEGER PRIMARY KEY) STRICT";
    private const string Step2 = "CREATE TABLE second (id INTEGER PRIMARY KEY) STRICT; INSERT INTO first VALUES (2)";
    private const string Step3 = "CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT; INSERT INTO first VALUES (3)";

    private readonly string _folder = Directory.CreateTempSubdirectory("actors-schema-").FullName;

    private string FilePath => Path.Combine(_folder, "a.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_older_file_takes_the_steps_it_lacks_in_order()
    {
        Create(new Schema(7, Step1));
        var current = new Schema(7, Step1, Step2, Step3);
        using (var file = SqliteFile.OpenToRead(FilePath))
            Assert.True(current.NeedsMigration(file));
        using (var turn = new WriteTurn(FilePath, checkpointPages: 100))
            current.Migrate(turn);

        using var migrated = SqliteFile.OpenToRead(FilePath);
        Assert.False(current.NeedsMigration(migrated));
        Assert.Equal(3, migrated.ReadPragma("user_version"));
        using var rows = migrated.Use("SELECT count(*), min(id), max(id) FROM first");
        Assert.True(rows.Step());
        Assert.Equal((2L, 2L, 3L), (rows.Int64(0), rows.Int64(1), rows.Int64(2)));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_version_before_it()
    {
        Create(new Schema(7, Step1));
        using (var turn = new WriteTurn(FilePath, checkpointPages: 100))
            Assert.Throws<StoreCorruptException>(() => new Schema(7, Step1, Step2, "CREATE NONSENSE").Migrate(turn));
        using var file = SqliteFile.OpenToRead(FilePath);
        Assert.Equal(2, file.ReadPragma("user_version"));
    }

    [Fact]
    public void Many_that_migrate_at_once_take_each_step_once()
    {
        Create(new Schema(7, Step1));
        Parallel.For(0, 4, _ =>
        {
            using var turn = new WriteTurn(FilePath, checkpointPages: 100);
            new Schema(7, Step1, Step2, Step3).Migrate(turn);
        });
        using var file = SqliteFile.OpenToRead(FilePath);
        Assert.Equal(3, file.ReadPragma("user_version"));
    }

    private void Create(Schema schema)
    {
        using var file = SqliteFile.Create(FilePath, pageBytes: 4096, checkpointPages: 100);
        schema.Create(file);
    }
}
