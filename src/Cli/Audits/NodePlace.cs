using Actors.Cli.Client;
using Actors.Ledger;

namespace Actors.Cli.Audits;

/// <summary>Chains of a node, block by block over HTTP; the node is asked for bytes and believed in nothing.</summary>
internal sealed class NodePlace(NodeClient node) : IAuditPlace
{
    public async Task<IReadOnlyList<ChainId>> ListChainsAsync(CancellationToken cancellation) =>
        [.. (await node.ListChainsAsync(cancellation)).Select(ChainId.Parse)];

    public async Task<OpenedChain> OpenAsync(ChainId chain, CancellationToken cancellation)
    {
        var genesis = await node.GetGenesisAsync(chain, cancellation);
        var head = (await node.GetChainAsync(chain, cancellation)).Value.Height;
        return new OpenedChain(chain, new NodeBlocks(node, chain, genesis.Encoded, head));
    }
}
