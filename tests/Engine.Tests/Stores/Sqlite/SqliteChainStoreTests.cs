namespace Actors.Engine.Tests.Stores.Sqlite;

/// <summary>The SQLite store keeps the contract.</summary>
public sealed class SqliteChainStoreTests : ChainStoreContract
{
    protected override StoreFixture NewFixture() => new SqliteFixture();
}
