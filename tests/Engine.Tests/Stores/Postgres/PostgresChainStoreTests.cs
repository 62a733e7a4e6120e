using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Stores.Postgres;

/// <summary>The PostgreSQL store keeps the contract, under a role that may do no more than a node needs.</summary>
public sealed class PostgresChainStoreTests(PostgresDatabase database) : ChainStoreContract, IClassFixture<PostgresDatabase>
{
    protected override StoreFixture NewFixture() => new PostgresFixture(database);
}
