using System.Runtime.InteropServices;
using Actors.Ledger.Accounts;
using Actors.Ledger.Channels;
using Actors.Ledger.Pendings;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>Writes the effect leaves of a block that are not those of its transactions: expiries, packets, touches, in this order.</summary>
internal sealed class BlockEffects(WireWriter leaves, List<int> ends)
{
    public void WriteExpiries(List<Settlement> expiries)
    {
        for (var first = 0; first < expiries.Count; first += Limits.ExpiriesPerLeaf)
        {
            var count = Begin(EffectLeaf.ExpiryTag, expiries.Count - first, Limits.ExpiriesPerLeaf);
            for (var i = 0; i < count; i++)
            {
                expiries[first + i].Write(leaves);
            }

            ends.Add(leaves.Length);
        }
    }

    public void WritePackets(ReadOnlySpan<PacketEffect> effects)
    {
        for (var first = 0; first < effects.Length; first += Limits.PacketEffectsPerLeaf)
        {
            var count = Begin(EffectLeaf.PacketTag, effects.Length - first, Limits.PacketEffectsPerLeaf);
            foreach (ref readonly var effect in effects.Slice(first, count))
            {
                effect.Write(leaves);
            }

            ends.Add(leaves.Length);
        }
    }

    /// <summary>Writes the touch leaves, and requires that the block changed no asset's sum.</summary>
    public void WriteTouches(AccountTable accounts, ulong height)
    {
        var sums = new Dictionary<uint, Int128>();
        var touches = accounts.Touches;
        for (var first = 0; first < touches.Length; first += Limits.TouchesPerLeaf)
        {
            var count = Begin(EffectLeaf.TouchTag, touches.Length - first, Limits.TouchesPerLeaf);
            foreach (ref readonly var touch in touches.Slice(first, count))
            {
                var (posted, asset) = accounts.PostedAndAsset(touch.Account);
                (touch with { PostedChange = unchecked(posted - touch.PostedBefore) }).Write(leaves, height);
                CollectionsMarshal.GetValueRefOrAddDefault(sums, asset, out _) += (Int128)posted - touch.PostedBefore;
            }

            ends.Add(leaves.Length);
        }

        foreach (var (asset, sum) in sums)
        {
            if (sum != 0)
            {
                throw new BrokenInvariantException($"block {height} changes the sum of asset {asset} by {sum}, expected 0");
            }
        }
    }

    private int Begin(byte tag, int left, int perLeaf)
    {
        var count = Math.Min(perLeaf, left);
        leaves.U8(tag);
        leaves.Varint((ulong)count);
        return count;
    }
}
