namespace Actors.Engine.Stores;

/// <summary>When the chain next has something to do without being asked, Unix time in milliseconds; null: nothing, as far as is known.</summary>
public readonly record struct DueNote(ulong? DueMs);

/// <summary>A chain that has something due.</summary>
public readonly record struct DueChain(string ChainId, ulong DueMs);

/// <summary>
/// A node's store that also keeps when each chain is to be woken, because several processes share it and a chain may be open in none of them. What it keeps is
/// never later than what is due.
/// </summary>
public interface IDueStore
{
    /// <summary>
    /// Chains that are due at or before <paramref name="throughMs"/>, in order of time and id, those after <paramref name="after"/> only. Read from an index; at
    /// most <paramref name="countMax"/>.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    IReadOnlyList<DueChain> ListDue(ulong throughMs, DueChain? after, int countMax);
}

/// <summary>A chain in such a store. What is due after a block is kept in the transaction that appends it (<see cref="BlockAppend.Due"/>).</summary>
public interface IDueChainStore
{
    /// <summary>
    /// Keeps when the chain is due, as of the block at <paramref name="height"/>. False, and nothing is changed, when the head is another one: whoever appended
    /// it has kept what is due after it. Durable on return.
    /// </summary>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    bool WriteDue(ulong epoch, ulong height, DueNote due);
}
