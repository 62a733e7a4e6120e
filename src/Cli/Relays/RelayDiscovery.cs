using Actors.Ledger;

namespace Actors.Cli.Relays;

/// <summary>Which channels are meant; what is empty means all.</summary>
internal sealed record RelaySelection(IReadOnlyList<ChainId> FromChains, IReadOnlyList<ChainId> ToChains, IReadOnlyList<uint> FromChannels);

/// <summary>
/// Finds the channels between chains of two nodes that point at each other by genesis hash. What a chain is called on the other
/// side plays no part. Each look finds what was not there, or not known to belong together, before.
/// </summary>
internal sealed class RelayDiscovery(RelayNode from, RelayNode to, RelaySelection selection)
{
    private readonly HashSet<(string Node, ChainId Chain, uint Channel)> _joined = [];

    /// <exception cref="Engine.Faults.UnreachableException">A node is not there.</exception>
    public async Task<IReadOnlyList<ChannelLink>> LookAsync(CancellationToken cancellation)
    {
        var ours = await SidesAsync(from, "from", selection.FromChains, selection.FromChannels, cancellation);
        var theirs = await SidesAsync(to, "to", selection.ToChains, [], cancellation);
        var links = new List<ChannelLink>();
        foreach (var side in ours)
        {
            if (theirs.Find(side.IsJoinedTo) is { } other && _joined.Add(KeyOf("from", side)) && _joined.Add(KeyOf("to", other)))
            {
                links.Add(new ChannelLink(side, other));
            }
        }

        return links;
    }

    private async Task<List<ChannelSide>> SidesAsync(RelayNode node, string name, IReadOnlyList<ChainId> chains, IReadOnlyList<uint> channels, CancellationToken cancellation)
    {
        var sides = new List<ChannelSide>();
        foreach (var chain in chains.Count > 0 ? chains : await node.ListChainsAsync(cancellation))
        {
            var genesis = await node.GenesisAsync(chain, cancellation);
            for (uint channel = 1; channel <= Limits.ChannelsMax; channel++)
            {
                if (_joined.Contains((name, chain, channel)) || (channels.Count > 0 && channel <= channels.Max() && !channels.Contains(channel)))
                {
                    continue;
                }

                if ((channels.Count > 0 && channel > channels.Max())
                    || await node.CallAsync(client => client.FindRelayPositionAsync(chain, channel, cancellation), cancellation) is not { } answer)
                {
                    break;
                }

                sides.Add(new ChannelSide(node, genesis, channel, HttpRelayEnd.PositionOf(answer)));
            }
        }

        return sides;
    }

    private static (string Node, ChainId Chain, uint Channel) KeyOf(string node, ChannelSide side) => (node, side.Genesis.ChainId, side.Channel);
}
