using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Ledger.Tests.Replay;

/// <summary>Chooses at random which state root a header carries, as an engine might.</summary>
internal sealed class RootChooser(Random random, ChainState state)
{
    private (ulong Height, ulong TimeMs, Hash256 Root) _known = (0, state.Head.TimeMs, state.Head.StateRoot);

    /// <summary>The choice for a block of this time.</summary>
    public StateRootChoice Next(ulong timeMs) => random.Next(4) switch
    {
        0 => StateRootChoice.Now,
        _ when timeMs - _known.TimeMs > Limits.StateLagMsMax => StateRootChoice.Now,
        1 => StateRootChoice.CarryAndCut(_known.Height, _known.Root),
        _ => StateRootChoice.Carry(_known.Height, _known.Root),
    };

    /// <summary>Computes the cut that began at the block, if one did, for later headers to carry.</summary>
    public void Note(BlockDraft draft)
    {
        if (draft.Cut is { } cut)
        {
            _known = (draft.Header.Height.Value, draft.Header.Time.Ms, (cut.Roots ?? cut.Compute()).Root);
        }
    }
}
