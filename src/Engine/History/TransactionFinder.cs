using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;

namespace Actors.Engine.History;

/// <summary>
/// Finds a transaction in the log by its id, without an index over history: the expiry in the id bounds its block's time to a
/// few minutes, filters rule out nearly all stretches in them, and the rest is read.
/// </summary>
internal sealed class TransactionFinder(IChainStore store, ulong validityMs)
{
    /// <summary>The place of a recorded transaction; null when no block up to the head holds it.</summary>
    public TransactionPlace? Find(in TransactionId id)
    {
        var until = id.Expiry.Ms;
        var from = until > validityMs ? until - validityMs : 0;
        foreach (var filter in store.ReadIdFilters(from, until))
        {
            if (IdBloom.MayHold(filter.Bits, id) && FindIn(filter.FirstHeight, filter.LastHeight, id) is { } place)
            {
                return place;
            }
        }

        var first = Math.Max(store.LastFilteredHeight() + 1, store.FirstHeightAtOrAfter(from));
        return FindIn(first, store.ReadHead().Height, id);
    }

    private TransactionPlace? FindIn(ulong first, ulong last, in TransactionId id)
    {
        for (var height = first; height <= last; height++)
        {
            if (store.ReadBlock(height) is not { } bytes)
            {
                return null;
            }

            var transactions = Block.Parse(bytes).Transactions;
            for (var i = 0; i < transactions.Count; i++)
            {
                if (transactions[i].Transaction.Id == id)
                {
                    return new TransactionPlace(new Height(height), i);
                }
            }
        }

        return null;
    }
}
