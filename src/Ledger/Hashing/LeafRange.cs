namespace Actors.Ledger.Hashing;

/// <summary>The leaves <c>First</c> to <c>First + Count - 1</c> of a tree; a proof is the roots of a few such ranges.</summary>
internal readonly record struct LeafRange(ulong First, ulong Count);
