using Actors.Cli.Client;
using Actors.Ledger;

namespace Actors.Cli.Channels;

/// <summary>Lists that a node gives in pages, whole.</summary>
internal static class ChannelPlaces
{
    public static Task<List<PeerAnswer>> AllPeersAsync(this NodeClient node, ChainId chain, CancellationToken cancellation) => AllAsync(async after =>
    {
        var page = (await node.ListPeersAsync(chain, after, cancellation)).Value;
        return (page.Peers, page.Next);
    });

    public static Task<List<ChannelAnswer>> AllChannelsAsync(this NodeClient node, ChainId chain, CancellationToken cancellation) => AllAsync(async after =>
    {
        var page = (await node.ListChannelsAsync(chain, after, cancellation)).Value;
        return (page.Channels, page.Next);
    });

    public static Task<List<RouteAnswer>> AllRoutesAsync(this NodeClient node, ChainId chain, uint channel, CancellationToken cancellation) => AllAsync(async after =>
    {
        var page = (await node.ListRoutesAsync(chain, channel, after, cancellation)).Value;
        return (page.Routes, page.Next);
    });

    private static async Task<List<T>> AllAsync<T>(Func<uint, Task<(IReadOnlyList<T> Page, uint? Next)>> read)
    {
        var all = new List<T>();
        for (uint? after = 0; after is { } from;)
        {
            var (page, next) = await read(from);
            all.AddRange(page);
            after = next is null || next > from ? next : throw new CannotRunException($"the node answered a page after {from} with a next one after {next}");
        }

        return all;
    }
}
