using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores;

/// <summary>A head that a chain is known to have reached.</summary>
public readonly record struct NotedHead(ulong Height, Hash256 Hash);
