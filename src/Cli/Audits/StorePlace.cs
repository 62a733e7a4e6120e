using Actors.Cli.Terminals;
using Actors.Engine.Audits;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;
using Actors.Ledger.Hashing;

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

    public async Task<ChainFindings> AuditAsync(ChainId chain, Hash256? expected, Advance advance, CancellationToken cancellation)
    {
        try
        {
            using var source = StoredChain.Open(open(), chain.Value);
            var report = await ChainAudit.RunAsync(source, expected, new BlockProgress(advance, source.HeadHeight), cancellation);
            return new ChainFindings(chain, report, [.. report.Findings, .. StoreAudit.Run(source, cancellation)]);
        }
        catch (StoreCorruptException damage)
        {
            return new ChainFindings(chain, null, [damage.Message]);
        }
    }
}
