using System.Numerics;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores;

/// <summary>
/// The root of a complete subtree of the history tree: the <paramref name="Index"/>-th, from 0, of that level.
/// </summary>
public readonly record struct HistoryTile(int Level, ulong Index, Hash256 Root)
{
    /// <summary>
    /// The complete subtrees, single leaves included, that the header at <paramref name="height"/> completes, whether a store keeps their roots or not: leaf
    /// numbers are heights, from 0 for the genesis.
    /// </summary>
    public static IEnumerable<(int Level, ulong Index)> CompletedBy(ulong height)
    {
        var count = height + 1;
        return Enumerable.Range(0, BitOperations.TrailingZeroCount(count) + 1).Select(level => (level, (count >> level) - 1));
    }
}
