using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;
using Actors.Ledger.Signing;

namespace Actors.Engine.Sealing;

/// <summary>A folder of keys for each chain, all in one folder.</summary>
public sealed class SealingKeyFolders(string folder) : ISealingKeyring
{
    /// <summary>In a data folder.</summary>
    public static SealingKeyFolders In(string dataFolder) => new(Path.Combine(dataFolder, "sealing-keys"));

    public ISealingKeys Of(ChainId chain) => new SealingKeyFolder(Path.Combine(folder, chain.Value));

    /// <summary>Whether there is a key of the chain here, of whatever time: this node seals it, or did.</summary>
    /// <exception cref="Stores.StoreUnavailableException">The folder cannot be read.</exception>
    public bool HoldsAny(ChainId chain) => SqliteFaults.Files(folder, () => new SealingKeyFolder(Path.Combine(folder, chain.Value)).IsAnyThere);

    public PublicKey TakeFirst(ChainId chain) => new FirstSealingKey(folder, chain).Take();

    public void ClaimFirst(ChainId chain, in PublicKey key)
    {
        var first = key;
        SqliteFaults.Files(folder, () => new FirstSealingKey(folder, chain).Claim(first));
    }
}
