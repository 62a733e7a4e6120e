using Actors.Ledger.Transactions;

namespace Actors.Simulation.Channels;

/// <summary>What goes from chain to chain.</summary>
internal sealed partial class ChannelSimulation
{
    /// <summary>A relay takes from one process of <paramref name="from"/> what the other side of a channel lacks, and gives it to the network.</summary>
    private void Relay(ChannelChain from, SimWriter source)
    {
        if (RelayFrom(from) is { To.Writers.Count: > 0 } relay && relay.Carry(source, relay.To.Writer) is { } message)
        {
            _network.Send(relay.To, message);
        }
    }

    private void RelayTimeouts(ChannelChain from, SimWriter source)
    {
        if (RelayFrom(from) is { To.Writers.Count: > 0 } relay && relay.CarryTimeouts(source, relay.To.Writer) is { } message)
        {
            Sometimes.Happened("a timeout was relayed");
            _network.Send(relay.To, message);
        }
    }

    private void Deliver(ChannelChain chain, SimWriter writer)
    {
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            if (_network.Next(chain) is { } message)
            {
                chain.Deliver(writer, message);
            }
        }
    }

    private void Deceive(ChannelChain chain, SimWriter writer)
    {
        if (RelayFrom(chain) is not { To.Writers.Count: > 0 } relay || writer.IsStale)
        {
            return;
        }

        if (_equivocator.Deceive(relay.From, relay.To) is { } message)
        {
            Sometimes.Happened("a second header was shown to a light client");
            relay.To.Deliver(relay.To.Writer, message);
        }
    }

    private void Report(ChannelChain chain, SimWriter writer)
    {
        if (_equivocator.Report(chain) is { } message)
        {
            chain.Deliver(writer, message);
        }
    }

    /// <summary>The operator names the branch that he keeps.</summary>
    private void Resume(ChannelChain chain, SimWriter writer)
    {
        foreach (var peer in _world.Chains.Where(peer => Equivocator.PeerOn(chain, peer) is not 0 and var number && chain.State.Peers[number].IsFrozen))
        {
            Sometimes.Happened("a frozen peer was resumed");
            chain.Sign(writer, TransactionKind.Atomic, _equivocator.Resume(chain, peer));
        }
    }

    private SimRelay RelayFrom(ChannelChain chain)
    {
        var relays = _world.Relays.FindAll(relay => relay.From == chain);
        return relays[_random.Next(relays.Count)];
    }
}
