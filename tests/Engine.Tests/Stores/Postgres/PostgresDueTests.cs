using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Stores.Postgres;

/// <summary>When chains are due, as the database keeps it.</summary>
public sealed class PostgresDueTests(PostgresDatabase database) : DueStoreContract, IClassFixture<PostgresDatabase>
{
    [Fact]
    public void Those_that_are_due_are_found_by_an_index_however_many_are_not()
    {
        Append("main", 20);
        database.Execute("""
            INSERT INTO actors.chain (slug, epoch, writer, height, head_hash, head_time_ms, log_bytes)
            SELECT 'c' || i, 0, gen_random_uuid(), 1, sha256('x'), 0, 0 FROM generate_series(1, 20000) i;
            INSERT INTO actors.due (chain, due_ms) SELECT chain, 1000000 + chain FROM actors.chain WHERE slug LIKE 'c%';
            ANALYZE actors.due, actors.chain
            """);
        var plan = database.Read<string>("""
            EXPLAIN (FORMAT JSON) SELECT chain, due_ms FROM actors.due WHERE due_ms <= 20 AND (due_ms, chain) > (-1, 0) ORDER BY due_ms, chain LIMIT 256
            """);
        Assert.Contains("due_first", plan);
        Assert.DoesNotContain("Seq Scan", plan);
        Assert.Equal(["main"], Chains(Due.ListDue(20, null, 256)));
    }

    protected override StoreFixture NewFixture() => new PostgresFixture(database);
}
