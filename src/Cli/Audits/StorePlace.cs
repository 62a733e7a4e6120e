using Actors.Engine.Audits;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;

namespace Actors.Cli.Audits;

/// <summary>
/// Chains of a data folder or a database, with what the store keeps beside their blocks; no node is needed, and a running one is not disturbed.
/// </summary>
internal sealed class StorePlace(Func<INodeStore> open) : IAuditPlace
{
    public static StorePlace OfFolder(string folder)
    {
        // Opening a store would make the folder.
        return Directory.Exists(folder)
            ? new StorePlace(() => new SqliteNodeStore(folder))
            : throw new CannotRunException($"there is no data folder {folder}");
    }

    public static StorePlace OfDatabase(string connection) => new(() => PostgresNodeStore.Open(connection, headFolder: null));

    public Task<IReadOnlyList<ChainId>> ListChainsAsync(CancellationToken cancellation)
    {
        using var store = open();
        return Task.FromResult<IReadOnlyList<ChainId>>([.. store.ListChains().Select(ChainId.Parse)]);
    }

    public Task<OpenedChain> OpenAsync(ChainId chain, CancellationToken cancellation)
    {
        var stored = StoredChain.Open(open(), chain.Value);
        return Task.FromResult(new OpenedChain(chain, stored) { Store = stored, CheckStore = stop => StoreAudit.Run(stored, stop) });
    }
}
