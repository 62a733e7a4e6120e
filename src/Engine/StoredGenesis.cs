using Actors.Engine.Stores;
using Actors.Ledger.Chains;
using Actors.Ledger.Wire;

namespace Actors.Engine;

internal static class StoredGenesis
{
    /// <exception cref="StoreCorruptException">What is stored is no genesis document.</exception>
    public static Genesis Parse(IChainStore store)
    {
        try
        {
            return Genesis.Parse(store.Genesis.Span);
        }
        catch (MalformedException malformed)
        {
            throw new StoreCorruptException($"the stored genesis does not decode: {malformed.Message}", malformed);
        }
    }
}
