using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Ledger.Tests.Replay;

/// <summary>Chooses at random which state root a header carries, as an engine might.</summary>
internal sealed class RootChooser(Random random, ChainState state)
{
    private (ulong Height, Hash256 Root) _known = (0, state.Head.StateRoot);

    public StateRootChoice Next() => random.Next(4) switch
    {
        0 => StateRootChoice.Now,
        1 => StateRootChoice.CarryAndCut(_known.Height, _known.Root),
        _ => StateRootChoice.Carry(_known.Height, _known.Root),
    };

    /// <summary>Computes the cut that began at the block, if one did, for later headers to carry.</summary>
    public void Note(BlockDraft draft)
    {
        if (draft.Cut is { } cut)
        {
            _known = (draft.Header.Height.Value, (cut.Roots ?? cut.Compute()).Root);
        }
    }
}
