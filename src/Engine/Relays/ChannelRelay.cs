using Actors.Engine.Clocks;

namespace Actors.Engine.Relays;

/// <summary>One side of a channel: the chain, and the channel's number there.</summary>
public sealed record ChannelEnd(IRelayEnd Chain, uint Channel);

/// <summary>Why a relay is woken.</summary>
[Flags]
public enum RelayWake
{
    None = 0,

    /// <summary>A commit moved the channel on this side: the other side may be brought something.</summary>
    Moved = 1,

    /// <summary>Packets of this side may have timed out: the other side is asked to show that it has not received them.</summary>
    TimedOut = 2,

    /// <summary>Packets of this side are unsettled, and whoever carried them may be gone: look both ways.</summary>
    Unsettled = 4,
}

/// <summary>What came of waking a relay.</summary>
public enum RelayProgress
{
    /// <summary>The other side has all there is, or takes nothing now; a commit on either side wakes it again.</summary>
    Carried,

    /// <summary>It still carries.</summary>
    Carrying,

    /// <summary>One side has stopped, or did not answer again and again. What is left is found in the chains' state by the next try.</summary>
    GivenUp,

    /// <summary>The other side's chain is not one of these.</summary>
    NotHere,
}

/// <summary>
/// Both directions of one channel, for whoever runs the relay of a channel and of no other. Woken from one thread at a time. It keeps nothing, so one that
/// is lost loses nothing, and two at once do no harm.
/// </summary>
public sealed class ChannelRelay(ChannelEnd one, ChannelEnd other, IChainClock clock)
{
    private readonly RelayFlow _there = new(one.Chain, one.Channel, other.Chain, other.Channel, clock);
    private readonly RelayFlow _back = new(other.Chain, other.Channel, one.Chain, one.Channel, clock);
    private bool _hasLooked;

    /// <summary>Wakes it on behalf of one side, and waits until it has carried what that is about, <paramref name="waitMax"/> at most.</summary>
    public async Task<RelayProgress> WakeAsync(bool byOne, RelayWake wake, TimeSpan waitMax)
    {
        var (flow, back) = byOne ? (_there, _back) : (_back, _there);
        wake |= _hasLooked ? RelayWake.None : RelayWake.Unsettled;
        _hasLooked = true;
        List<RelayFlow> woken = [];
        if ((wake & (RelayWake.Moved | RelayWake.Unsettled)) != 0)
        {
            flow.Wake();
            woken.Add(flow);
        }

        if ((wake & RelayWake.TimedOut) != 0)
        {
            // Looks for all else that it has as well.
            back.WakeTimeouts();
            woken.Add(back);
        }
        else if ((wake & RelayWake.Unsettled) != 0 || back.IsStalled)
        {
            back.Wake();
            woken.Add(back);
        }

        try
        {
            await Task.WhenAll(woken.Select(each => each.WhenIdle)).WaitAsync(waitMax).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return RelayProgress.Carrying;
        }

        return woken.Exists(each => each.HasGivenUp) ? RelayProgress.GivenUp : RelayProgress.Carried;
    }

    /// <summary>Begins nothing more; what is on its way is not waited for.</summary>
    public void Stop()
    {
        _there.Stop();
        _back.Stop();
    }
}
