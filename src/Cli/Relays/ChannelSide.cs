using Actors.Engine.Relays;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels;

namespace Actors.Cli.Relays;

/// <summary>A channel on one of the two nodes, and where it stood when it was looked at.</summary>
internal sealed record ChannelSide(RelayNode Node, Genesis Genesis, uint Channel, RelayPosition Position)
{
    public string Name => $"{Genesis.ChainId}/{Channel}";

    public HttpRelayEnd End { get; } = new(Node, Genesis);

    /// <summary>Whether the two are one channel: each names the other's genesis, and the numbers agree as far as they are known.</summary>
    public bool IsJoinedTo(ChannelSide other) =>
        IsOfCounterpart(other) && other.IsOfCounterpart(this) && (Position.PeerChannel == other.Channel || other.Position.PeerChannel == Channel)
        && Position.State != ChannelState.Abandoned && other.Position.State != ChannelState.Abandoned;

    private bool IsOfCounterpart(ChannelSide other) => Position.PeerGenesis == other.Genesis.Hash && (Position.PeerChannel == 0 || Position.PeerChannel == other.Channel);
}
