using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores;

/// <summary>
/// One place where chains are kept, as <see cref="ChainStoreContract"/> needs it. Each opened node stands for a process of
/// its own over that place. Disposing removes all of it.
/// </summary>
public abstract class StoreFixture : IDisposable
{
    public abstract INodeStore OpenNode();

    /// <summary>A path at which nothing is, for a backup.</summary>
    public abstract string NewPath();

    /// <summary>Opens a backup the way an operator would after losing everything else.</summary>
    public abstract IChainStore OpenBackup(string folder, string chainId);

    /// <summary>Takes the room from a chain, as a full disk would; <see cref="MakeRoom"/> gives it back.</summary>
    public abstract void TakeRoom(IChainStore store);

    public abstract void MakeRoom(IChainStore store);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
