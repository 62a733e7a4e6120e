using Actors.Engine.Stores;

namespace Actors.Simulation.Stores;

/// <summary>A node's view of a simulated place.</summary>
internal sealed class SimNodeStore(SimPlace place) : INodeStore
{
    public IReadOnlyList<string> ListChains() => place.List();

    public IChainStore CreateChain(string chainId, ReadOnlyMemory<byte> genesis)
    {
        ChainIdShape.Check(chainId);
        return place.Create(chainId, genesis);
    }

    public IChainStore OpenChain(string chainId)
    {
        ChainIdShape.Check(chainId);
        return place.Open(chainId);
    }

    public ReopenedChain ReopenAfterLoss(string chainId)
    {
        ChainIdShape.Check(chainId);
        return place.ReopenAfterLoss(chainId);
    }

    public void RenameChain(string chainId, string newId)
    {
        ChainIdShape.Check(chainId);
        ChainIdShape.Check(newId);
        place.Rename(chainId, newId);
    }

    public void Dispose()
    {
    }
}
