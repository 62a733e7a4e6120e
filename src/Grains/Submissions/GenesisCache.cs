using System.Collections.Concurrent;
using Actors.Ledger.Hashing;

namespace Actors.Grains.Submissions;

/// <summary>The genesis hashes of chains that this silo took submissions for. A chain's genesis never changes; the cache is bounded and simply starts again.</summary>
internal sealed class GenesisCache(IGrainFactory grains)
{
    private const int ChainsMax = 65_536;
    private readonly ConcurrentDictionary<string, Hash256> _hashes = [];

    /// <exception cref="Faults.LedgerFaultException">There is no such chain, or it cannot be opened now.</exception>
    public async ValueTask<Hash256> FindAsync(string chain)
    {
        if (_hashes.TryGetValue(chain, out var known))
        {
            return known;
        }

        var genesis = Sha256.Of(await grains.GetGrain<IChainGrain>(chain).GetGenesisAsync());
        if (_hashes.Count >= ChainsMax)
        {
            _hashes.Clear();
        }

        return _hashes[chain] = genesis;
    }
}
