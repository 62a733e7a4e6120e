using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores;

/// <summary>A page of state as of a snapshot's height.</summary>
/// <param name="Table">The state table's id.</param>
/// <param name="Page">The page's number in its table, from 0.</param>
/// <param name="Hash">The page's hash.</param>
/// <param name="Bytes">The page's bytes; empty when it is kept as its hash. The store does not keep the buffer.</param>
public readonly record struct PageWrite(int Table, ulong Page, Hash256 Hash, ReadOnlyMemory<byte> Bytes);
