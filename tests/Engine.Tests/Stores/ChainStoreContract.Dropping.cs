namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void Dropping_removes_replaced_pages_and_keeps_the_current_ones()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 5);
        store.WritePages(epoch, 2, TestBlocks.Pages(3, version: 2));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        Assert.Equal(3, store.DropSuperseded(epoch, 100));
        Assert.Equal(0, store.DropSuperseded(epoch, 100));
        Assert.Equal([2, 2, 2, 1, 1], Versions(store, 5));
        Assert.Equal(5, store.ListHashes().Count);
    }

    [Fact]
    public void Dropping_finds_what_several_snapshots_replaced()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 4);
        store.WritePages(epoch, 2, TestBlocks.Pages(2, version: 2));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        store.WritePages(epoch, 3, [TestBlocks.Page(0, version: 3)]);
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(3));
        Assert.Equal(3, store.DropAll(epoch));
        Assert.Equal([3, 2, 1, 1], Versions(store, 4));
    }

    [Fact]
    public void Dropping_keeps_to_its_bound()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 5);
        store.WritePages(epoch, 2, TestBlocks.Pages(5, version: 2));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        Assert.Equal([2, 2, 1, 0], Enumerable.Range(0, 4).Select(_ => store.DropSuperseded(epoch, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.DropSuperseded(epoch, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Dropping_removes_what_was_left_unfinished_and_what_was_replaced(int pagesMax)
    {
        var (store, epoch) = CreateWithSnapshot(pages: 3);
        store.WritePages(epoch, 2, [TestBlocks.Page(0, version: 2)]);
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        store.WritePages(epoch, 3, TestBlocks.Pages(4, version: 3));

        var writer = OpenAgain();
        var newEpoch = writer.TakeEpoch().Epoch;
        Assert.Equal(5, writer.DropAll(newEpoch, pagesMax)); // 4 unfinished, 1 replaced
        Assert.Equal([2, 1, 1, 0], Versions(writer, 4));

        writer.WritePages(newEpoch, 3, [TestBlocks.Page(2, version: 4)]);
        writer.SwitchSnapshot(newEpoch, TestBlocks.Manifest(3));
        Assert.Equal([2, 1, 4, 0], Versions(writer, 4));
        Assert.Equal(1, writer.DropAll(newEpoch, pagesMax));
    }

    [Fact]
    public void What_another_left_unfinished_never_becomes_part_of_a_snapshot()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 2);
        store.WritePages(epoch, 2, TestBlocks.Pages(2, version: 2));

        var writer = OpenAgain();
        var newEpoch = writer.TakeEpoch().Epoch;
        foreach (var snapshot in new ulong[] { 2, 3 })
        {
            var page = TestBlocks.Page(0, version: 3);
            Assert.Throws<InvalidOperationException>(() => writer.WritePages(newEpoch, snapshot, [page]));
            var manifest = TestBlocks.Manifest(snapshot);
            Assert.Throws<InvalidOperationException>(() => writer.SwitchSnapshot(newEpoch, manifest));
        }

        Assert.Equal([1, 1], Versions(writer, 2));
    }

    [Fact]
    public void A_snapshot_that_was_given_up_is_not_continued()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 2);
        store.WritePages(epoch, 2, TestBlocks.Pages(2, version: 2));
        Assert.Throws<InvalidOperationException>(() => store.WritePages(epoch, 3, TestBlocks.Pages(1, version: 3)));
        Assert.Equal(1, store.DropSuperseded(epoch, 1)); // one of two
        Assert.Throws<InvalidOperationException>(() => store.WritePages(epoch, 2, TestBlocks.Pages(1, version: 3)));
        Assert.Equal(1, store.DropAll(epoch));
        store.WritePages(epoch, 3, TestBlocks.Pages(1, version: 3));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(3));
        Assert.Equal([3, 1], Versions(store, 2));
    }

    [Fact]
    public void A_snapshot_number_is_used_once_and_only_upwards()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 1);
        Assert.Throws<InvalidOperationException>(() => store.WritePages(epoch, 1, TestBlocks.Pages(1, version: 2)));
        Assert.Throws<InvalidOperationException>(() => store.SwitchSnapshot(epoch, TestBlocks.Manifest(1)));
        Assert.Throws<InvalidOperationException>(() => store.SwitchSnapshot(epoch, TestBlocks.Manifest(0)));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(100));
        Assert.Equal(100UL, store.ReadManifest()!.Snapshot);
    }

    /// <summary>Random snapshots, crashes and drops against a plain dictionary. The seed is the test's parameter.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Snapshots_agree_with_a_dictionary(int seed)
    {
        var random = new Random(seed);
        var (store, epoch) = CreateWith(blocks: 0);
        var current = new byte[12];
        for (byte snapshot = 1; snapshot <= 40; snapshot++)
        {
            var next = (byte[])current.Clone();
            for (var chunks = random.Next(3); chunks > 0; chunks--)
            {
                var pages = Enumerable.Range(0, 12).Where(_ => random.Next(4) == 0).ToArray();
                store.WritePages(epoch, snapshot, [.. pages.Select(page => TestBlocks.Page((ulong)page, snapshot))]);
                Array.ForEach(pages, page => next[page] = snapshot);
            }

            if (random.Next(4) == 0)
            {
                epoch = store.TakeEpoch().Epoch;
                store.DropAll(epoch, pagesMax: 1 + random.Next(5));
            }
            else
            {
                store.SwitchSnapshot(epoch, TestBlocks.Manifest(snapshot));
                current = next;
                for (var drops = random.Next(3); drops > 0; drops--)
                    store.DropSuperseded(epoch, 1 + random.Next(5));
            }

            Assert.Equal(current, Versions(store, 12));
            Assert.Equal(current.Count(version => version != 0), store.ListHashes().Count);
        }
    }
}
