using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void Pages_are_seen_from_the_switch_on_and_not_before()
    {
        var (store, epoch) = CreateWith(blocks: 1);
        var reader = OpenAgain();
        store.WritePages(epoch, 1, TestBlocks.Pages(2, version: 1));
        Assert.Equal(0, reader.ReadVersion(0));
        Assert.Empty(reader.ListHashes());
        Assert.Null(reader.ReadManifest());

        store.SwitchSnapshot(epoch, new SnapshotManifest(1, 1, [4, 5, 6]));
        Assert.Equal(1, reader.ReadVersion(0));
        Assert.Equal(2, reader.ListHashes().Count);
        var manifest = reader.ReadManifest()!;
        Assert.Equal((1UL, 1UL), (manifest.Snapshot, manifest.Height));
        Assert.Equal(new byte[] { 4, 5, 6 }, manifest.State);
    }

    [Fact]
    public void Old_pages_are_read_until_the_switch_and_unwritten_ones_after_it_too()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 3);
        store.WritePages(epoch, 2, [TestBlocks.Page(1, version: 2)]);
        Assert.Equal([1, 1, 1], Versions(store, 3));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        Assert.Equal([1, 2, 1], Versions(store, 3));
    }

    [Fact]
    public void A_half_written_snapshot_stays_invisible_after_a_crash()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 3);
        store.WritePages(epoch, 2, TestBlocks.Pages(2, version: 2));
        store.Dispose();
        var reopened = OpenAgain();
        Assert.Equal([1, 1, 1], Versions(reopened, 3));
        Assert.Equal(1UL, reopened.ReadManifest()!.Snapshot);
    }

    [Fact]
    public void A_page_written_twice_in_a_snapshot_is_what_it_was_last()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 2);
        store.WritePages(epoch, 2, [TestBlocks.Page(0, version: 2)]);
        store.WritePages(epoch, 2, [TestBlocks.Page(0, version: 3)]);
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        Assert.Equal([3, 1], Versions(store, 2));
        Assert.Equal(1, store.DropAll(epoch));
    }

    [Fact]
    public void A_snapshot_may_change_no_page()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 2);
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        Assert.Equal(2UL, store.ReadManifest()!.Snapshot);
        Assert.Equal([1, 1], Versions(store, 2));
    }

    [Fact]
    public void A_page_kept_as_its_hash_has_no_bytes()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 1);
        var kept = TestBlocks.Page(0, version: 1) with { Bytes = ReadOnlyMemory<byte>.Empty };
        store.WritePages(epoch, 2, [kept]);
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        var untouched = new byte[] { 1, 2, 3 };
        Assert.True(store.TryReadPage(5, 0, untouched, out var hash, out var hashOnly));
        Assert.True(hashOnly);
        Assert.Equal(kept.Hash, hash);
        Assert.Equal(new byte[] { 1, 2, 3 }, untouched);
        Assert.Equal(kept.Hash, Assert.Single(store.ListHashes()).Hash);
    }

    [Fact]
    public void Pages_of_one_number_in_two_tables_are_apart()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        store.WritePages(epoch, 1, [TestBlocks.Page(4, version: 1, table: 1), TestBlocks.Page(4, version: 2, table: 2)]);
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(1));
        Assert.Equal(1, store.ReadVersion(4, table: 1));
        Assert.Equal(2, store.ReadVersion(4, table: 2));
        Assert.Equal(0, store.ReadVersion(4, table: 3));
    }

    [Fact]
    public void A_page_of_another_length_than_asked_for_is_corrupt()
    {
        var (store, _) = CreateWithSnapshot(pages: 1);
        var fault = Assert.Throws<StoreCorruptException>(() => store.TryReadPage(5, 0, new byte[64], out _, out _));
        Assert.Contains("64 bytes, found 4096", fault.Message);
    }

    [Fact]
    public void All_hashes_are_read_once_in_order_and_newest()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 3);
        store.WritePages(epoch, 2, [TestBlocks.Page(9, version: 2, table: 1), TestBlocks.Page(1, version: 2)]);
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        store.WritePages(epoch, 3, TestBlocks.Pages(3, version: 3));
        Assert.Equal(
            [
                (1, 9UL, TestBlocks.Page(9, 2, table: 1).Hash),
                (5, 0UL, TestBlocks.Page(0, 1).Hash),
                (5, 1UL, TestBlocks.Page(1, 2).Hash),
                (5, 2UL, TestBlocks.Page(2, 1).Hash),
            ],
            store.ListHashes());
    }

    [Fact]
    public void A_manifest_holds_at_most_64_KiB()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        var most = new SnapshotManifest(1, 0, TestBlocks.BytesOf(1, SnapshotManifest.StateBytesMax));
        store.SwitchSnapshot(epoch, most);
        Assert.Equal(most.State, store.ReadManifest()!.State);
        var more = new SnapshotManifest(2, 0, new byte[SnapshotManifest.StateBytesMax + 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => store.SwitchSnapshot(epoch, more));
    }

    [Fact]
    public async Task Pages_may_be_written_beside_appends()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        var appending = Task.Run(() => store.AppendThrough(epoch, 100));
        for (ulong snapshot = 1; snapshot <= 10; snapshot++)
        {
            store.WritePages(epoch, snapshot, TestBlocks.Pages(20, version: (byte)snapshot));
            store.SwitchSnapshot(epoch, TestBlocks.Manifest(snapshot));
            store.DropAll(epoch);
        }

        await appending;
        Assert.Equal(100UL, store.ReadHead().Height);
        Assert.All(Versions(store, 20), version => Assert.Equal(10, version));
    }

    private static byte[] Versions(IChainStore store, int pages) =>
        [.. Enumerable.Range(0, pages).Select(page => store.ReadVersion((ulong)page))];

    /// <summary>A chain whose snapshot 1 has that many pages of version 1.</summary>
    private (IChainStore Store, ulong Epoch) CreateWithSnapshot(int pages)
    {
        var (store, epoch) = CreateWith(blocks: 0);
        store.WritePages(epoch, 1, TestBlocks.Pages(pages, version: 1));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(1));
        return (store, epoch);
    }
}
