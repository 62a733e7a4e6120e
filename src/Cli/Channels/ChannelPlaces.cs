using Actors.Cli.Client;
using Actors.Ledger;

namespace Actors.Cli.Channels;

/// <summary>Lists that a node gives in pages, whole.</summary>
internal static class ChannelPlaces
{
    public static async Task<List<PeerAnswer>> AllPeersAsync(this NodeClient node, ChainId chain, CancellationToken cancellation)
    {
        var all = new List<PeerAnswer>();
        for (uint? after = 0; after is { } next;)
        {
            var page = (await node.ListPeersAsync(chain, next, cancellation)).Value;
            all.AddRange(page.Peers);
            after = page.Next;
        }

        return all;
    }

    public static async Task<List<ChannelAnswer>> AllChannelsAsync(this NodeClient node, ChainId chain, CancellationToken cancellation)
    {
        var all = new List<ChannelAnswer>();
        for (uint? after = 0; after is { } next;)
        {
            var page = (await node.ListChannelsAsync(chain, next, cancellation)).Value;
            all.AddRange(page.Channels);
            after = page.Next;
        }

        return all;
    }

    public static async Task<List<RouteAnswer>> AllRoutesAsync(this NodeClient node, ChainId chain, uint channel, CancellationToken cancellation)
    {
        var all = new List<RouteAnswer>();
        for (uint? after = 0; after is { } next;)
        {
            var page = (await node.ListRoutesAsync(chain, channel, next, cancellation)).Value;
            all.AddRange(page.Routes);
            after = page.Next;
        }

        return all;
    }
}
