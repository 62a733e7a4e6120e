using Actors.Ledger.Hashing;

namespace Actors.Ledger.Blocks;

internal enum StateRootKind
{
    /// <summary>The header carries this block's own state root, computed before it is sealed.</summary>
    Now,

    /// <summary>The header carries an earlier root.</summary>
    Carry,

    /// <summary>The header carries an earlier root, and a later header will carry this block's.</summary>
    CarryAndCut,
}

/// <summary>Which state root a header is to carry. A block's replay makes the same choice, read from its header.</summary>
internal readonly record struct StateRootChoice(StateRootKind Kind, ulong Height, Hash256 Root)
{
    public static StateRootChoice Now => new(StateRootKind.Now, 0, default);

    public static StateRootChoice Carry(ulong height, in Hash256 root) => new(StateRootKind.Carry, height, root);

    public static StateRootChoice CarryAndCut(ulong height, in Hash256 root) => new(StateRootKind.CarryAndCut, height, root);
}
