using Actors.Cli.Client;
using Actors.Cli.Relays;
using Actors.Engine.Faults;

namespace Actors.Cli.Channels;

/// <summary>
/// The last step of an opening between two nodes: each end is shown that the other names it. That takes a relay; until the channel is open this is one, of one channel. Where
/// it may not read what a relay reads it waits for another one.
/// </summary>
internal sealed class OpeningHandshake(RelayNode fromNode, RelayNode toNode, RelayTelling telling)
{
    /// <summary>False when the ends are not open within <paramref name="patience"/>; the next run goes on from there.</summary>
    public async Task<bool> CompleteAsync(ChannelOpening opening, OpeningEnd from, uint fromNumber, OpeningEnd to, uint toNumber, TimeSpan patience, CancellationToken cancellation)
    {
        if (await opening.IsOpenAsync(fromNumber, toNumber, TimeSpan.Zero, cancellation))
        {
            return true;
        }

        try
        {
            if (await SideAsync(fromNode, from, fromNumber, cancellation) is { } one && await SideAsync(toNode, to, toNumber, cancellation) is { } other)
            {
                await new ChannelLink(one, other).CarryAllAsync(telling, patience, cancellation);
            }
        }
        catch (NodeProblemException refused)
        {
            telling.Say($"waiting for a relay, since this command may not be one: {refused.Message}");
        }
        catch (EngineFaultException fault)
        {
            telling.Failed(fault);
        }

        return await opening.IsOpenAsync(fromNumber, toNumber, patience, cancellation);
    }

    private static async Task<ChannelSide?> SideAsync(RelayNode node, OpeningEnd end, uint number, CancellationToken cancellation) =>
        await node.CallAsync(client => client.FindRelayPositionAsync(end.Chain, number, cancellation), cancellation) is { } position
            ? new ChannelSide(node, end.Genesis, number, HttpRelayEnd.PositionOf(position))
            : null;
}
