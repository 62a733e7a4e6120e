using System.Net;
using Actors.Cli.Client;
using Actors.Engine.Audits;
using Actors.Ledger;

namespace Actors.Cli.Audits;

/// <summary>Fetches blocks a few ahead of the replay, so that neither waits for the other.</summary>
internal sealed class NodeBlocks(NodeClient node, ChainId chain, ReadOnlyMemory<byte> genesis, ulong head) : IBlockSource
{
    private const int AheadMax = 8;
    private readonly Queue<Task<byte[]?>> _coming = new();
    private ulong _asked;

    public ReadOnlyMemory<byte> Genesis => genesis;

    public ulong HeadHeight => head;

    /// <summary>In order of height, as a replay reads.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadBlockAsync(ulong height, CancellationToken cancellation)
    {
        _asked = Math.Max(_asked, height - 1);
        while (_coming.Count < AheadMax && _asked < head)
        {
            _coming.Enqueue(FetchAsync(++_asked, cancellation));
        }

        return await _coming.Dequeue() is { } bytes ? bytes : (ReadOnlyMemory<byte>?)null;
    }

    private async Task<byte[]?> FetchAsync(ulong height, CancellationToken cancellation)
    {
        try
        {
            return await node.GetBlockAsync(chain, height, cancellation);
        }
        catch (NodeProblemException problem) when (problem.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
