using Actors.Ledger.Transactions;

namespace Actors.Ledger.State;

/// <summary>
/// The ids of recorded transactions that have not expired, by the minute of their expiry, so that forgetting the expired ones
/// is dropping a set. At most the validity limit's worth of transactions is held.
/// </summary>
internal sealed class OpenIds
{
    private const ulong BucketMs = 30_000;
    private readonly Dictionary<ulong, Dictionary<TransactionId, TransactionPlace>> _buckets = [];

    public int Count { get; private set; }

    public bool TryFind(in TransactionId id, out TransactionPlace place)
    {
        place = default;
        return _buckets.TryGetValue(BucketOf(id), out var bucket) && bucket.TryGetValue(id, out place);
    }

    public void Add(in TransactionId id, TransactionPlace place)
    {
        var key = BucketOf(id);
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            _buckets.Add(key, bucket = []);
        }

        bucket.Add(id, place);
        Count++;
    }

    public void Remove(in TransactionId id)
    {
        if (_buckets.TryGetValue(BucketOf(id), out var bucket) && bucket.Remove(id))
        {
            Count--;
        }
    }

    /// <summary>Forgets every id whose expiry is well before <paramref name="timeMs"/>; what it gives goes to <see cref="Restore"/>.</summary>
    public List<Dictionary<TransactionId, TransactionPlace>> ForgetBefore(ulong timeMs)
    {
        var first = timeMs / BucketMs;
        var forgotten = new List<Dictionary<TransactionId, TransactionPlace>>();
        foreach (var (key, bucket) in _buckets)
        {
            if (key + 1 < first)
            {
                forgotten.Add(bucket);
                Count -= bucket.Count;
                _buckets.Remove(key);
            }
        }

        return forgotten;
    }

    /// <summary>Knows again what a block forgot that is taken back: the next one may be stamped earlier.</summary>
    public void Restore(List<Dictionary<TransactionId, TransactionPlace>> forgotten)
    {
        foreach (var bucket in forgotten)
        {
            foreach (var (id, place) in bucket)
            {
                Add(id, place);
            }
        }
    }

    private static ulong BucketOf(in TransactionId id) => id.Expiry.Ms / BucketMs;
}
