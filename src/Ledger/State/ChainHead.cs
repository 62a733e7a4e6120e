using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.State;

/// <summary>
/// Where a chain stands after a block: what the next header links to. StateHeight and StateRoot are those of the last header;
/// History covers the genesis hash and every header hash up to this height.
/// </summary>
internal sealed record ChainHead(ulong Height, Hash256 HeaderHash, ulong TimeMs, ulong StateHeight, Hash256 StateRoot, MerkleFrontier History)
{
    public static ChainHead Of(Genesis genesis)
    {
        var history = new MerkleFrontier();
        history.Append(MerkleTree.LeafHash(genesis.Hash.AsSpan()));
        return new ChainHead(0, genesis.Hash, genesis.Settings.Created.Ms, 0, Hash256.Zero, history);
    }

    public ChainHead After(ulong height, in Hash256 headerHash, ulong timeMs, ulong stateHeight, in Hash256 stateRoot)
    {
        var history = History.Clone();
        history.Append(MerkleTree.LeafHash(headerHash.AsSpan()));
        return new ChainHead(height, headerHash, timeMs, stateHeight, stateRoot, history);
    }
}
