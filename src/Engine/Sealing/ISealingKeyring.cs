using Actors.Ledger;
using Actors.Ledger.Signing;

namespace Actors.Engine.Sealing;

/// <summary>Where the sealing keys of all chains of a store are kept.</summary>
public interface ISealingKeyring
{
    ISealingKeys Of(ChainId chain);

    /// <summary>
    /// The key for the genesis of a chain that is about to be made: one that an earlier creation left, or a new one. Durable on return. Creations MUST NOT run
    /// at the same time in one process.
    /// </summary>
    PublicKey TakeFirst(ChainId chain);

    /// <summary>The chain is there, and its genesis names this key; what else was taken for it is of no use to anybody.</summary>
    /// <exception cref="Stores.StoreException">The keys cannot be reached.</exception>
    void ClaimFirst(ChainId chain, in PublicKey key);
}
