using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores;

/// <summary>
/// The root of a complete subtree of the history tree: the <paramref name="Index"/>-th, from 0, of that level.
/// </summary>
public readonly record struct HistoryTile(int Level, ulong Index, Hash256 Root);
