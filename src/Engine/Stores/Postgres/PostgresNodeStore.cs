using System.Collections.Concurrent;
using System.Security.Cryptography;
using Actors.Ledger.Hashing;
using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// Chains in one PostgreSQL database, which other nodes may use too: each chain's fence keeps them apart.
/// </summary>
public sealed class PostgresNodeStore : INodeStore, IDueStore
{
    private readonly string? _headFolder;
    private readonly PostgresConnections _connections;
    private readonly ConcurrentDictionary<string, HeadBound> _bounds = new(StringComparer.Ordinal);

    private PostgresNodeStore(PostgresAddress address, string? headFolder)
    {
        _connections = new PostgresConnections(address);
        _headFolder = headFolder;
    }

    /// <summary>What whoever runs the node should know about what this server can lose; a sentence each, empty when it is nothing.</summary>
    public IReadOnlyList<string> Notices { get; private set; } = [];

    /// <summary>What messages call the database that a connection string names: no user, no password.</summary>
    /// <exception cref="StoreSetupException">It is no connection string.</exception>
    public static string NameOf(string connectionString) => PostgresAddress.Parse(connectionString).Name;

    /// <summary>Opens the database and checks that its schema is the one that this program knows.</summary>
    /// <param name="connectionString">As Npgsql reads it; Host and Database at least.</param>
    /// <param name="headFolder">
    /// Where the heads that chains have reached are noted for the next process, so that it refuses a server that lost blocks; null
    /// to note them in memory only.
    /// </param>
    /// <exception cref="StoreSetupException">The address is wrong, nobody answers there, or the schema is missing or older.</exception>
    /// <exception cref="StoreTooNewException">A newer version of this program made the schema.</exception>
    public static PostgresNodeStore Open(string connectionString, string? headFolder)
    {
        var store = new PostgresNodeStore(PostgresAddress.Parse(connectionString), headFolder);
        try
        {
            store.Notices = store._connections.Readers.Read(StartCheck.Run);
            return store;
        }
        catch (StoreUnavailableException e)
        {
            store.Dispose();
            throw new StoreSetupException($"{e.Message}; check the connection string, and that the server runs and lets this user in", e);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> ListChains() => _connections.Readers.Read(connection =>
    {
        using var read = new Statement(connection, LogSql.ListChains);
        using var rows = read.Query();
        var slugs = new List<string>();
        while (rows.Step())
            slugs.Add(rows.Text(0));
        return slugs;
    });

    public IChainStore CreateChain(string chainId, ReadOnlyMemory<byte> genesis)
    {
        ChainIdShape.Check(chainId);
        ArgumentOutOfRangeException.ThrowIfZero(genesis.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(genesis.Length, PostgresSettings.GenesisBytesMax);
        var hash = new Hash256(SHA256.HashData(genesis.Span));
        var bound = BoundOf(chainId);
        if (_connections.Readers.Read(connection => Find(connection, chainId)) is not null)
            throw new ChainExistsException(chainId);
        RequireUnknown(chainId, bound, hash);
        if (!_connections.LogWriters.Write(transaction => TryCreate(transaction, chainId, genesis, hash)))
            throw new ChainExistsException(chainId);
        bound.WriteFile(0, hash);
        return OpenChain(chainId);
    }

    public IChainStore OpenChain(string chainId)
    {
        ChainIdShape.Check(chainId);
        var bound = BoundOf(chainId);
        if (_connections.Readers.Read(connection => Find(connection, chainId)) is not { } found)
        {
            RequireUnknown(chainId, bound, null);
            throw new ChainNotFoundException(chainId);
        }

        return new PostgresChainStore(_connections, KeyOf(found, chainId, bound), chainId, found.Genesis);
    }

    public ReopenedChain ReopenAfterLoss(string chainId)
    {
        ChainIdShape.Check(chainId);
        var bound = BoundOf(chainId);
        var found = _connections.Readers.Read(connection => Find(connection, chainId)) ?? throw new ChainNotFoundException(chainId);
        var key = KeyOf(found, chainId, bound) with { AfterLoss = true };
        var lost = _connections.Readers.Read(connection => HeadCheck.FindLoss(connection, key));
        if (lost is { } noted)
            bound.SetAside(noted);
        var store = new PostgresChainStore(_connections, key, chainId, found.Genesis);
        return new ReopenedChain(store, lost, () =>
        {
            var head = store.ReadHead();
            bound.Accept(head.Height, head.HeaderHash);
        });
    }

    public void RenameChain(string chainId, string newId)
    {
        ChainIdShape.Check(chainId);
        ChainIdShape.Check(newId);
        RequireUnknown(newId, BoundOf(newId), null);
        if (_connections.LogWriters.Write(transaction => TryRename(transaction, chainId, newId)))
        {
            _bounds.TryRemove(chainId, out _);
            return;
        }

        throw ListChains().Contains(newId) ? new ChainExistsException(newId) : new ChainNotFoundException(chainId);
    }

    public IReadOnlyList<DueChain> ListDue(ulong throughMs, DueChain? after, int countMax) => _connections.Readers.Read(connection =>
    {
        using var read = new Statement(connection, DueSql.List).With(throughMs).With(after is { } last ? checked((long)last.DueMs) : -1L).With(after?.ChainId ?? "").With(countMax);
        using var rows = read.Query();
        var due = new List<DueChain>();
        while (rows.Step())
            due.Add(new DueChain(rows.Text(0), rows.UInt64(1)));
        return due;
    });

    public void Dispose() => _connections.Dispose();

    private ChainKey KeyOf((int Number, byte[] Genesis) found, string chainId, HeadBound bound) =>
        new(found.Number, $"{_connections.Readers.Name} chain '{chainId}'", new Hash256(SHA256.HashData(found.Genesis)), bound);

    /// <summary>Kept when the chain is closed: whoever opens it again here still knows what it had reached.</summary>
    private HeadBound BoundOf(string chainId) => _bounds.GetOrAdd(chainId, id => new HeadBound(_headFolder is null ? null : Path.Combine(_headFolder, id)));

    /// <summary>A chain that is noted here as being further than its creation, and is not in the database, was lost.</summary>
    private void RequireUnknown(string chainId, HeadBound bound, Hash256? genesisHash)
    {
        if (bound.ReadHeads() is [var noted, ..] && (noted.Height > 0 || (genesisHash is { } hash && hash != noted.Hash)))
            throw new HeadBehindException($"{_connections.Readers.Name}: expected chain '{chainId}' at height {noted.Height} or above, "
                + $"as {(_headFolder is null ? "it was when it was last open here" : $"the head file in '{Path.Combine(_headFolder, chainId)}' says")}, found no such chain: {HeadCheck.Meaning}.");
    }

    private static (int Number, byte[] Genesis)? Find(NpgsqlConnection connection, string chainId)
    {
        using var read = new Statement(connection, LogSql.FindChain).With(chainId);
        using var rows = read.Query();
        return rows.Step() ? (rows.Int32(0), rows.Bytes(1)) : null;
    }

    private static bool TryRename(WriteTransaction transaction, string chainId, string newId)
    {
        using (var rename = transaction.Use(LogSql.Rename).With(chainId).With(newId))
        {
            if (rename.Run() == 0)
                return false;
        }

        // A chain that was copied here may have had something due where it came from.
        using (var due = transaction.Use(DueSql.WriteRenamed).With(newId))
            due.Run();

        transaction.Commit();
        return true;
    }

    private static bool TryCreate(WriteTransaction transaction, string chainId, ReadOnlyMemory<byte> genesis, in Hash256 hash)
    {
        int number;
        using (var insert = transaction.Use(LogSql.InsertChain).With(chainId).With(Guid.Empty).With(hash))
        {
            using var rows = insert.Query();
            if (!rows.Step())
                return false;
            number = rows.Int32(0);
        }

        using (var document = transaction.Use(LogSql.InsertGenesis).With(number).With(genesis))
            document.Run();
        using (var snapshot = transaction.Use(StateSql.InsertSnapshot).With(number).With(Guid.Empty))
            snapshot.Run();
        transaction.Commit();
        return true;
    }
}
