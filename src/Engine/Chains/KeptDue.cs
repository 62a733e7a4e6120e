using Actors.Engine.Relays;
using Actors.Engine.Stores;
using Actors.Ledger.State;

namespace Actors.Engine.Chains;

/// <summary>What the store keeps of when the chain is due: never later than what is.</summary>
internal sealed class KeptDue(ChainState state, CommittedChannels channels)
{
    // Null: what the store keeps is not known.
    private DueNote? _kept;

    /// <summary>
    /// What the store is to keep with a block; null when what it keeps is early enough, however often something with a later time is added: a chain that is
    /// woken too early looks and says when next.
    /// </summary>
    public DueNote? After(ulong timeMs, BlockChannels block)
    {
        var next = new DueNote(ChainDue.Next(PendingOr(timeMs), channels.NextTimeoutAfter(block), channels.UnsettledAfter(block), timeMs, idleMs: 0));
        var isEarlyEnough = _kept is { } kept && (kept == next || (kept.DueMs is { } early && early > timeMs && early <= (next.DueMs ?? ulong.MaxValue)));
        return isEarlyEnough ? null : next;
    }

    /// <summary>What the store is to keep while nothing is under way. Until <see cref="Written"/> it is not known what it keeps.</summary>
    public DueNote Idle(ulong nowMs, ulong headTimeMs)
    {
        _kept = null;
        return new DueNote(ChainDue.Next(state.Pendings.NextDueMs(), channels.NextTimeoutMs(), channels.UnsettledCount, nowMs, nowMs - Math.Min(nowMs, headTimeMs)));
    }

    public void Written(DueNote due) => _kept = due;

    // Which pending is next is read from its record, whose page may have to be loaded.
    private ulong? PendingOr(ulong timeMs)
    {
        try
        {
            return state.Pendings.NextDueMs();
        }
        catch (StoreUnavailableException)
        {
            return timeMs;
        }
    }
}
