using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Engine.History;

/// <summary>
/// Finds a transaction in the log by its id, without an index over history: the expiry in the id bounds its block's time to a
/// few minutes, filters rule out nearly all stretches in them, and the rest is read.
/// </summary>
internal sealed class TransactionFinder(IChainStore store, ulong validityMs)
{
    /// <summary>
    /// The place of a recorded transaction; null when no block up to <paramref name="committedThrough"/> holds it. What the store has
    /// above that is not known to be durable and is not looked at.
    /// </summary>
    /// <exception cref="StoreException">The store fails, or a block does not decode.</exception>
    public TransactionPlace? Find(in TransactionId id, ulong committedThrough)
    {
        var until = id.Expiry.Ms;
        var from = until > validityMs ? until - validityMs : 0;
        foreach (var filter in store.ReadIdFilters(from, until))
        {
            if (IdBloom.MayHold(filter.Bits, id) && FindIn(filter.FirstHeight, Math.Min(filter.LastHeight, committedThrough), id) is { } place)
            {
                return place;
            }
        }

        var first = Math.Max(store.LastFilteredHeight() + 1, store.FirstHeightAtOrAfter(from));
        return FindIn(first, committedThrough, id);
    }

    private TransactionPlace? FindIn(ulong first, ulong last, in TransactionId id)
    {
        for (var height = first; height <= last; height++)
        {
            var transactions = StoredBlocks.Parse(store, new Height(height)).Transactions;
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
