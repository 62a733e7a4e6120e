using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Engine.Audits;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Audits;

/// <summary>Chains of a node, block by block over HTTP; the node is asked for bytes and believed in nothing.</summary>
internal sealed class NodePlace(NodeClient node) : IAuditPlace
{
    public async Task<IReadOnlyList<ChainId>> ListChainsAsync(CancellationToken cancellation) =>
        [.. (await node.ListChainsAsync(cancellation)).Select(ChainId.Parse)];

    public async Task<ChainFindings> AuditAsync(ChainId chain, Hash256? expected, Advance advance, CancellationToken cancellation)
    {
        var genesis = await node.GetGenesisAsync(chain, cancellation);
        var head = (await node.GetChainAsync(chain, cancellation)).Value.Height;
        var source = new NodeBlocks(node, chain, genesis.Encoded, head);
        var report = await ChainAudit.RunAsync(source, expected, new BlockProgress(advance, head), cancellation);
        return new ChainFindings(chain, report, report.Findings);
    }
}
