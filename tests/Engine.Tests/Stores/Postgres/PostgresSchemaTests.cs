using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Tests.Postgres;
using Npgsql;

namespace Actors.Engine.Tests.Stores.Postgres;

public sealed class PostgresSchemaTests : IDisposable
{
    private const string Secret = "s3cret";

    private readonly PostgresDatabase _database = new(SharedPostgres.ConnectionString, migrate: false);

    public void Dispose() => _database.Dispose();

    [Fact]
    public void A_migration_says_what_it_did_and_doing_it_again_changes_nothing()
    {
        var first = Migrate();
        Assert.Equal((0, 5), (first.FromVersion, first.ToVersion));
        Assert.Equal(["log", "snapshots", "cluster", "due", "readers"], first.Steps);
        var second = Migrate();
        Assert.Equal((5, 5), (second.FromVersion, second.ToVersion));
        Assert.Empty(second.Steps);
        using var node = Open();
        node.CreateChain("main", TestBlocks.Genesis).Dispose();
    }

    [Fact]
    public void Of_migrations_at_the_same_time_one_takes_the_steps()
    {
        var reports = new MigrationReport[4];
        Parallel.For(0, reports.Length, i => reports[i] = Migrate());
        Assert.Equal(["log", "snapshots", "cluster", "due", "readers"], reports.SelectMany(report => report.Steps));
        Assert.Equal(5L, _database.Read<long>("SELECT count(*) FROM actors.migration"));
    }

    [Fact]
    public void A_schema_that_lacks_a_step_gets_that_step()
    {
        Migrate();
        _database.Execute("""
            DROP TABLE actors.due, actors.superseded, actors.page, actors.snapshot;
            DROP TABLE actors.OrleansQuery, actors.reminder, actors.grain_state, actors.sealing_key, actors.silo, actors.cluster;
            DELETE FROM actors.migration WHERE version >= 2;
            ALTER TABLE actors.migration DROP COLUMN usable_from
            """);
        var refusal = Assert.Throws<StoreSetupException>(Open);
        Assert.Contains("expected schema version 5, found version 1; run 'actors db migrate'", refusal.Message);
        Assert.Equal(["snapshots", "cluster", "due", "readers"], Migrate().Steps);
        Open().Dispose();
    }

    [Fact]
    public void A_node_over_a_database_without_the_schema_says_what_to_run()
    {
        var refusal = Assert.Throws<StoreSetupException>(Open);
        Assert.Contains("found no schema; run 'actors db migrate'", refusal.Message);
    }

    [Fact]
    public void A_schema_of_a_newer_version_is_not_touched()
    {
        Migrate();
        _database.Execute("INSERT INTO actors.migration (version, name) VALUES (99, 'of tomorrow')");
        Assert.Contains("found 99", Assert.Throws<StoreTooNewException>(Open).Message);
        Assert.Contains("found 99", Assert.Throws<StoreTooNewException>(Migrate).Message);
    }

    [Fact]
    public void A_newer_schema_that_only_added_something_is_used_by_programs_that_do_not_know_of_it()
    {
        Migrate();
        var tomorrow = new MigrationStep("of tomorrow", "CREATE TABLE actors.tomorrow (id integer)", UsableFrom: 5);
        var after = new MigrationStep("of the day after", "ALTER TABLE actors.chain ADD COLUMN more text", UsableFrom: 5);
        Assert.Equal(["of tomorrow", "of the day after"], PostgresMigration.Run(_database.OwnerString, _database.Node, [.. Migrations.Steps, tomorrow, after]).Steps);

        using var node = Open();
        using var store = node.CreateChain("main", TestBlocks.Genesis);
        store.AppendThrough(store.TakeEpoch().Epoch, 3);
        Assert.Contains("found 7: a newer version", Assert.Throws<StoreTooNewException>(Migrate).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public void A_newer_schema_is_refused_if_one_step_of_it_cannot_be_used(int? usableFrom)
    {
        Migrate();
        MigrationStep[] steps = [new("one", "CREATE TABLE actors.one (id integer)", UsableFrom: 5), new("two", "DROP TABLE actors.one", usableFrom), new("three", "CREATE TABLE actors.three (id integer)", UsableFrom: 4)];
        PostgresMigration.Run(_database.OwnerString, _database.Node, [.. Migrations.Steps, .. steps]);
        Assert.Contains($"expected schema version 5 or below, found 8, for programs of version {usableFrom ?? 7} and later", Assert.Throws<StoreTooNewException>(Open).Message);
    }

    [Theory]
    [InlineData("DROP TABLE actors.block")]
    [InlineData("ALTER TABLE actors.chain ADD COLUMN more integer")]
    [InlineData("CREATE TABLE actors.more (id integer)")]
    [InlineData("UPDATE actors.block SET time_ms = 0")]
    [InlineData("DELETE FROM actors.block")]
    [InlineData("TRUNCATE actors.page")]
    [InlineData("DELETE FROM actors.chain")]
    [InlineData("UPDATE actors.genesis SET bytes = 'x'")]
    [InlineData("UPDATE actors.key_change SET bytes = 'x'")]
    [InlineData("INSERT INTO actors.migration (version, name) VALUES (4, 'x')")]
    public void The_role_of_the_node_may_not(string statement)
    {
        Migrate();
        using var connection = new NpgsqlConnection(_database.NodeString);
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        var refusal = Assert.Throws<PostgresException>(() => command.ExecuteNonQuery());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public void Neither_role_is_a_superuser() => Assert.False(_database.Read<bool>(
        $"SELECT bool_or(rolsuper OR rolcreaterole OR rolcreatedb) FROM pg_roles WHERE rolname IN ('{_database.Owner}', '{_database.Node}')"));

    [Fact]
    public void A_role_without_grants_is_told_how_to_get_them()
    {
        PostgresMigration.Run(_database.OwnerString, nodeRole: null);
        Assert.Contains("--node-role", Assert.Throws<StoreSetupException>(Open).Message);
    }

    [Fact]
    public void A_role_that_is_not_there_is_refused_before_anything_is_done()
    {
        var refusal = Assert.Throws<StoreSetupException>(() => PostgresMigration.Run(_database.OwnerString, "no such \"role\""));
        Assert.Contains("CREATE ROLE \"no such \"\"role\"\"\"", refusal.Message);
        Assert.Throws<StoreSetupException>(Open);
    }

    [Theory]
    [InlineData("Host", "127.0.0.1;Port=1")] // nobody listens there
    [InlineData("Database", "no_such_database")]
    [InlineData("Username", "no_such_user")]
    [InlineData("Password", "wrong")]
    public void A_wrong_address_stops_the_start_with_what_to_do_and_without_the_password(string key, string value)
    {
        Migrate();
        var wrong = $"{new NpgsqlConnectionStringBuilder(_database.NodeString) { [key] = null }.ConnectionString};{key}={value}";
        var refusal = Assert.Throws<StoreSetupException>(() => PostgresNodeStore.Open(wrong, null));
        Assert.Contains("check the connection string", refusal.Message);
        Assert.DoesNotContain(new NpgsqlConnectionStringBuilder(_database.NodeString).Password!, refusal.ToString());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData($"Hots=localhost;Password={Secret}")]
    [InlineData($"Database=actors;Password={Secret}")]
    [InlineData($"Host=localhost;Password={Secret}")]
    public void What_is_no_connection_string_is_refused_with_an_example_and_without_the_password(string connection)
    {
        var refusal = Assert.Throws<StoreSetupException>(() => PostgresNodeStore.Open(connection, null));
        Assert.Contains("such as 'Host=localhost;Database=actors;Username=actors_node'", refusal.Message);
        Assert.DoesNotContain(Secret, refusal.ToString());
    }

    private MigrationReport Migrate() => PostgresMigration.Run(_database.OwnerString, _database.Node);

    private PostgresNodeStore Open() => PostgresNodeStore.Open(_database.NodeString, null);
}
