using Actors.Tests.Postgres;

namespace Actors.Cli.Tests.Postgres;

/// <summary><c>actors db migrate</c>, as typed.</summary>
public sealed class DatabaseCommandTests : IDisposable
{
    private readonly PostgresDatabase _database = new(SharedPostgres.ConnectionString, migrate: false);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_migration_says_what_it_did_and_again_that_there_was_nothing_to_do()
    {
        var first = await CliRun.OfAsync("db", "migrate", "--store", _database.OwnerString, "--node-role", _database.Node);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("version 0 -> 5: log, snapshots, cluster, due, readers", first.Out);
        Assert.Contains($"{_database.Node}: granted what a node needs", first.Out);
        var second = await CliRun.OfAsync("db", "migrate", "--store", _database.OwnerString);
        Assert.Contains("version 5, nothing to do", second.Out);
        Assert.Contains("no rights changed", second.Out);
        Assert.DoesNotContain("Password", first.Out + first.Error + second.Out + second.Error);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_one_line_on_stderr_and_exit_code_2()
    {
        var run = await CliRun.OfAsync("db", "migrate", "--store", "Host=127.0.0.1;Port=1;Database=actors;Username=a;Password=s3cret");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("actors: PostgreSQL 127.0.0.1:1/actors: expected an answer", run.Error);
        Assert.DoesNotContain("s3cret", run.Error);
    }

    [Fact]
    public async Task Without_a_database_it_says_how_to_name_one()
    {
        var run = await CliRun.OfAsync("db", "migrate");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("ACTORS_STORE", run.Error);
    }
}
