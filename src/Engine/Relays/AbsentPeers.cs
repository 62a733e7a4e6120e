using System.Collections.Concurrent;
using Actors.Engine.Clocks;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Relays;

/// <summary>
/// Which channels lead to chains that are not on this node, so that a commit does not look for them in the store each time. Forgotten after half a minute, and at once where the chain
/// turns up: whoever is here moves its own side, and is noted by that.
/// </summary>
internal sealed class AbsentPeers(IChainClock clock)
{
    /// <summary>Of more channels than this none is remembered: they are looked for each time.</summary>
    public const int ChannelsMax = 4_096;
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(Hash256 Chain, uint Channel), (Hash256 Peer, long UntilMs)> _absent = [];

    /// <summary>Chains of this node that have moved since the start.</summary>
    private readonly ConcurrentDictionary<Hash256, bool> _here = [];

    public int Count => _absent.Count;

    /// <summary>This chain is on the node.</summary>
    public void NoteHere(in Hash256 chain) => _here.TryAdd(chain, true);

    public void NoteAbsent((Hash256 Chain, uint Channel) channel, in Hash256 peer)
    {
        if (_absent.Count >= ChannelsMax)
        {
            ForgetOld();
        }

        if (_absent.Count < ChannelsMax)
        {
            _absent[channel] = (peer, clock.MonotonicMs + (long)LookAgainAfter.TotalMilliseconds);
        }
    }

    public bool Knows((Hash256 Chain, uint Channel) channel) =>
        _absent.TryGetValue(channel, out var absent) && IsStill(absent);

    private void ForgetOld()
    {
        foreach (var (channel, absent) in _absent)
        {
            if (!IsStill(absent))
            {
                _absent.TryRemove(channel, out _);
            }
        }
    }

    private bool IsStill((Hash256 Peer, long UntilMs) absent) => clock.MonotonicMs < absent.UntilMs && !_here.ContainsKey(absent.Peer);
}
