using Actors.Ledger.Hashing;

namespace Actors.Ledger.State;

/// <summary>What the state root covers of one table: how many slots were handed out, and the root of its tree.</summary>
public readonly record struct TableRoot(TableId Id, ulong Count, Hash256 Root);
