using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Stores.Postgres;

/// <summary>A database without chains, and a folder for head files and backups.</summary>
internal sealed class PostgresFixture : StoreFixture
{
    private readonly PostgresDatabase _database;
    private readonly string _root = Directory.CreateTempSubdirectory("actors-store-").FullName;
    private bool _isFull;

    public PostgresFixture(PostgresDatabase database)
    {
        _database = database;
        database.Clear();
    }

    private string Heads => Path.Combine(_root, "heads");

    public override INodeStore OpenNode() => PostgresNodeStore.Open(_database.NodeString, Heads);

    public override string NewPath() => Path.Combine(_root, Guid.NewGuid().ToString("N"));

    public override IChainStore OpenBackup(string folder, string chainId)
    {
        var data = NewPath();
        using var node = new SqliteNodeStore(data);
        Directory.Move(folder, Path.Combine(data, "chains", chainId));
        return node.OpenChain(chainId);
    }

    // The server says what it says on a full disk; that a really full one says so is a test of its own.
    public override void TakeRoom(IChainStore store)
    {
        _isFull = true;
        _database.Execute("""
            CREATE FUNCTION actors.no_room() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON actors.block EXECUTE FUNCTION actors.no_room();
            CREATE TRIGGER no_room BEFORE INSERT ON actors.page EXECUTE FUNCTION actors.no_room();
            """);
    }

    public override void MakeRoom(IChainStore store) => GiveRoom();

    protected override void Dispose(bool disposing)
    {
        if (_isFull)
            GiveRoom();
        Directory.Delete(_root, recursive: true);
    }

    private void GiveRoom()
    {
        _isFull = false;
        _database.Execute("DROP FUNCTION actors.no_room() CASCADE");
    }
}
