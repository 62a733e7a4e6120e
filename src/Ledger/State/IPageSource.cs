
namespace Actors.Ledger.State;

/// <summary>
/// Where pages come from that are not in memory: the current snapshot. The core calls it while executing, so it answers
/// at once from local disk or throws; it MUST give the bytes as of the snapshot that the state was loaded from or that was
/// switched to since.
/// </summary>
public interface IPageSource
{
    /// <summary>
    /// Fills <paramref name="into"/> with the page. False when the page was kept as its hash (all its pendings finished).
    /// </summary>
    bool ReadPage(TableId table, ulong page, Span<byte> into);
}
