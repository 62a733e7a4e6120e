namespace Actors.Engine.Stores;

/// <summary>
/// Where a node keeps its chains. Each chain is on its own: nothing is written across two of them.
/// </summary>
/// <remarks>
/// Every member may be called from any thread. Two nodes that by mistake share one store MUST NOT be able to write two
/// histories: each chain's fence sees to that (<see cref="IChainStore"/>). Every failure of the world is a
/// <see cref="StoreException"/>; a breach of these rules by the caller is an <see cref="ArgumentException"/> or an
/// <see cref="InvalidOperationException"/>.
/// </remarks>
public interface INodeStore : IDisposable
{
    /// <summary>The ids of all chains that were created in full, in ordinal order.</summary>
    IReadOnlyList<string> ListChains();

    /// <summary>
    /// Creates a chain at height 0 and opens it. Durable on return, its folder entry included. A creation that was cut
    /// off leaves nothing that is listed or can be opened, and MUST be repeatable under the same id.
    /// </summary>
    /// <param name="chainId">1 to 32 of a-z 0-9 -, starts with a letter, does not end with -.</param>
    /// <param name="genesis">The genesis document, at least one byte. Its SHA-256 is the head's hash at height 0.</param>
    /// <exception cref="ChainExistsException">There is one with this id; it is left as it is.</exception>
    IChainStore CreateChain(string chainId, ReadOnlyMemory<byte> genesis);

    /// <summary>
    /// Opens a chain for reading; it takes no epoch, so it disturbs no writer. May be called more than once: each
    /// instance stands for itself and is disposed by itself.
    /// </summary>
    /// <exception cref="ChainNotFoundException">There is none with this id.</exception>
    /// <exception cref="HeadBehindException">The store lost blocks that it once held.</exception>
    /// <exception cref="StoreCorruptException">What is there is not, or no longer, a chain.</exception>
    /// <exception cref="StoreTooNewException">A newer version of this program wrote it.</exception>
    IChainStore OpenChain(string chainId);

    /// <summary>
    /// Opens a chain that lost blocks, which <see cref="OpenChain"/> refuses with <see cref="HeadBehindException"/>, for an operator who goes on from what is
    /// left. What is noted beside the store is set aside, durably: until <see cref="ReopenedChain.Accept"/> every other opening is refused, and this
    /// one may be repeated. A snapshot above the head is dropped. A chain that lost nothing is opened as by <see cref="OpenChain"/>.
    /// </summary>
    /// <exception cref="ChainNotFoundException">There is none with this id.</exception>
    /// <exception cref="StoreCorruptException">What is there is not, or no longer, a chain.</exception>
    ReopenedChain ReopenAfterLoss(string chainId);

    /// <summary>Gives a chain, which MUST NOT be open in this process, another id, in one step. Durable on return.</summary>
    /// <exception cref="ChainNotFoundException">There is none with the old id.</exception>
    /// <exception cref="ChainExistsException">There is one with the new id.</exception>
    void RenameChain(string chainId, string newId);
}
