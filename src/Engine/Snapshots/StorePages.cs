using Actors.Engine.Stores;
using Actors.Ledger.State;

namespace Actors.Engine.Snapshots;

/// <summary>Pages of the current snapshot, for the core. The core compares them with their hashes.</summary>
internal sealed class StorePages(IChainStore store) : IPageSource
{
    public bool ReadPage(TableId table, ulong page, Span<byte> into) =>
        store.TryReadPage((int)table, page, into, out _, out var hashOnly)
            ? !hashOnly
            : throw new StoreCorruptException($"expected page {page} of table {table} in the current snapshot, found none");
}
