namespace Actors.Engine.Stores;

/// <summary>When the chain next has something to do without being asked, Unix time in milliseconds; null: nothing, as far as is known.</summary>
public readonly record struct DueNote(ulong? DueMs);

/// <summary>A chain that has something due.</summary>
public readonly record struct DueChain(string ChainId, ulong DueMs);

/// <summary>
/// A node's store that also keeps when each chain is to be woken, because a chain may be open in no process. What it keeps is never later than what is due.
/// </summary>
public interface IDueStore
{
    /// <summary>
    /// Chains that are due at or before <paramref name="throughMs"/>, in order of time, those after <paramref name="after"/> only. Costs those that
    /// have something due at any time, not all chains; at most <paramref name="countMax"/>.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    IReadOnlyList<DueChain> ListDue(ulong throughMs, DueChain? after, int countMax);
}

/// <summary>A chain in such a store. What is due after a block (<see cref="BlockAppend.Due"/>) is kept in the transaction that appends it, or
/// before that if it is earlier than what is kept and after that if it is later.</summary>
public interface IDueChainStore
{
    /// <summary>
    /// Keeps when the chain is due, as of the block at <paramref name="height"/>. False, and nothing is changed, when the head is another one: whoever appended
    /// it has kept what is due after it. Durable on return.
    /// </summary>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    bool WriteDue(ulong epoch, ulong height, DueNote due);
}
