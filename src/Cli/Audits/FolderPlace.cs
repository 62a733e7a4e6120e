using Actors.Cli.Terminals;
using Actors.Engine.Audits;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Audits;

/// <summary>Chains of a data folder, with what the store keeps beside their blocks; no node is needed, and a running one is not disturbed.</summary>
internal sealed class FolderPlace : IAuditPlace
{
    private readonly string _folder;

    public FolderPlace(string folder)
    {
        // Opening a store would make the folder.
        _folder = Directory.Exists(folder) ? folder : throw new CannotRunException($"there is no data folder {folder}");
    }

    public Task<IReadOnlyList<ChainId>> ListChainsAsync(CancellationToken cancellation)
    {
        using var store = new SqliteNodeStore(_folder);
        return Task.FromResult<IReadOnlyList<ChainId>>([.. store.ListChains().Select(ChainId.Parse)]);
    }

    public async Task<ChainFindings> AuditAsync(ChainId chain, Hash256? expected, Advance advance, CancellationToken cancellation)
    {
        try
        {
            using var source = StoredChain.Open(_folder, chain.Value);
            var report = await ChainAudit.RunAsync(source, expected, new BlockProgress(advance, source.HeadHeight), cancellation);
            return new ChainFindings(chain, report, [.. report.Findings, .. StoreAudit.Run(source, cancellation)]);
        }
        catch (StoreCorruptException damage)
        {
            return new ChainFindings(chain, null, [damage.Message]);
        }
    }
}
