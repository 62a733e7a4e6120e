using Actors.Engine.Chains;
using Actors.Tests.Postgres;
using Npgsql;

namespace Actors.Engine.Tests.Chains.Postgres;

/// <summary>A running chain over a server of its own, reached through a proxy, with a client that pays.</summary>
internal sealed class PostgresNode : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private TestNode _node;

    public PostgresNode(PostgresServer server)
    {
        _database = new PostgresDatabase(server.ConnectionString);
        Proxy = new TcpProxy(server.Port);
        _node = NewNode();
    }

    public PostgresDatabase Database => _database;

    public TcpProxy Proxy { get; }

    public TestNode Node => _node;

    public TestBook Book { get; private set; } = null!;

    public async Task<PostgresPayer> CreateAsync()
    {
        Book = await _node.CreateAsync(accounts: 3);
        return new PostgresPayer(Book);
    }

    /// <summary>What account 2 holds and what the chain's blocks say of it, all of them replayed.</summary>
    public async Task RequireAsync(int paid)
    {
        Assert.Equal(paid, await Book.PostedAsync(2));
        await _node.StopAsync();
        using var stored = Engine.Audits.StoredChain.Open(Engine.Stores.Postgres.PostgresNodeStore.Open(_node.Store!, null), TestNode.ChainName);
        var report = await Engine.Audits.ChainAudit.RunAsync(stored, null, null, CancellationToken.None);
        Assert.Empty(report.Findings);
        Assert.Empty(Engine.Audits.StoreAudit.Run(stored, CancellationToken.None));
        Assert.Equal((ulong)paid + 1, report.Transactions);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Proxy.Dispose();
        NpgsqlConnection.ClearAllPools();
    }

    private TestNode NewNode() => new()
    {
        Store = _database.NodeStringAt(Proxy.Port),
        Options = new ChainOptions { RetryWritesAfterMs = 50 },
    };
}
