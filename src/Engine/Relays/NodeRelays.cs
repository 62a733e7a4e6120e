using System.Collections.Concurrent;
using Actors.Engine.Chains;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Relays;

/// <summary>
/// The relays between the chains of one node: a flow for each direction of each channel whose both ends are here. Woken by commits and never
/// polling; a channel costs nothing here before it has moved since the start.
/// </summary>
internal sealed class NodeRelays(Func<ChainId, CancellationToken, Task<LedgerChain?>> find, IChainClock clock)
{
    private readonly ConcurrentDictionary<(Hash256 Chain, uint Channel), Task<RelayFlow?>> _flows = [];
    private readonly AbsentPeers _absent = new(clock);

    /// <summary>A commit moved a channel of <paramref name="chain"/>: it may have something for the other side, or take again what it did not.</summary>
    public void Moved(IRelayEnd chain, uint channel) => _ = MovedAsync(chain, channel);

    /// <summary>Packets that <paramref name="chain"/> sent may have timed out: the other side is asked to show that it has not received them.</summary>
    public void TimedOut(IRelayEnd chain, uint channel) => _ = TimedOutAsync(chain, channel);

    internal async Task TimedOutAsync(IRelayEnd chain, uint channel)
    {
        _absent.NoteHere(chain.Genesis.Hash);
        if (await FlowAsync(chain, channel).ConfigureAwait(false) is { } flow && await FlowAsync(flow.To, flow.ToChannel).ConfigureAwait(false) is { } back)
        {
            back.WakeTimeouts();
        }
    }

    internal async Task MovedAsync(IRelayEnd chain, uint channel)
    {
        _absent.NoteHere(chain.Genesis.Hash);
        if (await FlowAsync(chain, channel).ConfigureAwait(false) is not { } flow)
        {
            return;
        }

        flow.Wake();
        if (!_flows.TryGetValue((flow.To.Genesis.Hash, flow.ToChannel), out var back))
        {
            // The first movement since the start: the other side may have something from before it.
            back = FlowAsync(flow.To, flow.ToChannel);
            (await back.ConfigureAwait(false))?.Wake();
        }
        else if (back is { IsCompletedSuccessfully: true, Result: { IsStalled: true } stalled })
        {
            stalled.Wake();
        }
    }

    /// <summary>The flow from this side; null as long as the other side is not known or not here. Looked for again with a later commit then.</summary>
    private async Task<RelayFlow?> FlowAsync(IRelayEnd chain, uint channel)
    {
        var key = (chain.Genesis.Hash, channel);
        if (_absent.Knows(key))
        {
            return null;
        }

        RelayFlow? flow = null;
        try
        {
            flow = await _flows.GetOrAdd(key, _ => FindAsync(chain, channel)).ConfigureAwait(false);
        }
        catch (EngineFaultException)
        {
            // One of the two chains cannot be read now.
        }

        if (flow is null)
        {
            _flows.TryRemove(key, out _);
        }

        return flow;
    }

    private async Task<RelayFlow?> FindAsync(IRelayEnd chain, uint channel)
    {
        if (await chain.GetRelayPositionAsync(channel, CancellationToken.None).ConfigureAwait(false) is not { PeerChannel: not 0 } position)
        {
            return null;
        }

        if (await find(ChainId.Parse(position.PeerName), CancellationToken.None).ConfigureAwait(false) is not { } peer || peer.Genesis.Hash != position.PeerGenesis)
        {
            _absent.NoteAbsent((chain.Genesis.Hash, channel), position.PeerGenesis);
            return null;
        }

        return new RelayFlow(chain, channel, peer, position.PeerChannel, clock);
    }
}
