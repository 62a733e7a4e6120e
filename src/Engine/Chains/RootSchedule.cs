using Actors.Engine.Clocks;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Engine.Chains;

/// <summary>
/// Which state root each header carries: that of its own block while few pages change, else an earlier one, so that the state is hashed beside execution. At
/// most one cut of the state is being hashed.
/// </summary>
internal sealed class RootSchedule
{
    private readonly ChainState _state;
    private readonly ClockGuard _clock;
    private readonly ChainOptions _options;
    private (StateCut Cut, ulong Height, ulong TimeMs)? _cut;
    private (ulong Height, ulong TimeMs, Hash256 Root) _latest;
    private long _lastCutAtMs;
    private StateCut? _toCompute;

    public RootSchedule(ChainState state, ClockGuard clock, ChainOptions options)
    {
        _state = state;
        _clock = clock;
        _options = options;
        _latest = OfHead();
        _lastCutAtMs = clock.MonotonicMs;
    }

    /// <summary>A cut is not hashed yet.</summary>
    public bool IsComputing => _cut is { Cut.Roots: null };

    /// <summary>By height and block time, not by the clock: replay refuses a header whose root is older than the limits allow.</summary>
    public bool IsTooOldFor(BlockExecution block) =>
        block.Height - _latest.Height > Limits.StateLagBlocksMax || block.TimeMs - _latest.TimeMs > Limits.StateLagMsMax;

    /// <summary>The cut that somebody else must compute now, once each.</summary>
    public StateCut? TakeToCompute()
    {
        var cut = _toCompute;
        _toCompute = null;
        return cut;
    }

    /// <summary>What the block carries that ends now.</summary>
    /// <param name="block">Which.</param>
    /// <param name="isProven">Somebody wants a proof as of this block.</param>
    /// <param name="isCut">A cut is wanted though none is due: a snapshot is made at one.</param>
    public StateRootChoice Choose(BlockExecution block, bool isProven, bool isCut)
    {
        if (_cut is not null)
        {
            return StateRootChoice.Carry(_latest.Height, _latest.Root);
        }

        if (isProven || _state.Tables.DirtyForRootPages <= _options.OwnRootPagesMax || IsTooOldFor(block))
        {
            return StateRootChoice.Now;
        }

        return _clock.MonotonicMs - _lastCutAtMs >= _options.StateLagMs || isCut
            ? StateRootChoice.CarryAndCut(_latest.Height, _latest.Root)
            : StateRootChoice.Carry(_latest.Height, _latest.Root);
    }

    /// <summary>The block has ended as it was chosen.</summary>
    public void Ended(BlockDraft draft)
    {
        if (draft.Cut is not { } cut)
        {
            return;
        }

        _lastCutAtMs = _clock.MonotonicMs;
        if (cut.Roots is { } roots)
        {
            _latest = (draft.Header.Height.Value, draft.Header.Time.Ms, roots.Root);
            return;
        }

        _cut = (cut, draft.Header.Height.Value, draft.Header.Time.Ms);
        _toCompute = cut;
    }

    /// <summary>The cut that has been hashed since this was asked last; null for none.</summary>
    public StateCut? TakeComputed()
    {
        if (_cut is not { Cut: { Roots: { } roots } computed } cut)
        {
            return null;
        }

        _latest = (cut.Height, cut.TimeMs, roots.Root);
        _cut = null;
        return computed;
    }

    /// <summary>Before a block is rolled back: no cut is left unhashed, and the one that the block made is forgotten.</summary>
    public void Forget(StateCut? failed)
    {
        if (_cut is { Cut.Roots: null } cut)
        {
            cut.Cut.Compute();
        }

        _toCompute = null;
        if (_cut?.Cut == failed)
        {
            _cut = null;
        }
    }

    /// <summary>After a block was rolled back.</summary>
    public void RolledBack() => _latest = _latest.Height > _state.Head.Height ? OfHead() : _latest;

    // Its time is not known here (unless it is the head's own), so the next block has a root of its own.
    private (ulong Height, ulong TimeMs, Hash256 Root) OfHead()
    {
        var head = _state.Head;
        return (head.StateHeight, head.StateHeight == head.Height ? head.TimeMs : 0, head.StateRoot);
    }
}
