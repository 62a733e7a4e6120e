namespace Actors.Ledger.State;

/// <summary>The pages that a snapshot must hold, as of one height. Released as soon as their bytes are in the store.</summary>
internal sealed class SnapshotCapture(IReadOnlyList<SnapshotCapture.FrozenPage> pages, Capture capture)
{
    public IReadOnlyList<FrozenPage> Pages => pages;

    public void Release() => capture.Release();

    internal readonly record struct FrozenPage(PagedTable Table, Page Page, byte[] Bytes);
}
