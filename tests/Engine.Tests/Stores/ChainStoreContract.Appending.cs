using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void An_appended_block_is_the_head_and_can_be_read()
    {
        var (store, epoch) = CreateWith(blocks: 2);
        Assert.Equal(new StoredHead(epoch, 2, TestBlocks.HashOf(2), 2_000, HeadFileFound: true), store.ReadHead());
        Assert.Equal(TestBlocks.BytesOf(1), store.ReadBlock(1));
        Assert.Equal(TestBlocks.BytesOf(2), store.ReadBlock(2));
        Assert.Null(store.ReadBlock(3));
        Assert.Null(store.ReadBlock(0));
    }

    [Fact]
    public void What_was_appended_is_there_after_reopening()
    {
        var (store, epoch) = CreateWith(blocks: 3);
        store.Append(epoch, TestBlocks.Block(4) with
        {
            Filters = [new IdFilter(1, 4, 1_000, 4_000, [1, 2, 3])],
            Tiles = [new HistoryTile(2, 0, TestBlocks.HashOf(77))],
            KeyChanges = [[9, 8]],
        });
        store.WritePages(epoch, 1, [TestBlocks.Page(3, version: 1)]);
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(1, height: 4));
        store.Dispose();

        var reopened = OpenAgain();
        Assert.Equal(new StoredHead(epoch, 4, TestBlocks.HashOf(4), 4_000, HeadFileFound: true), reopened.ReadHead());
        Assert.Equal(TestBlocks.BytesOf(4), reopened.ReadBlock(4));
        Assert.Equal(4UL, reopened.LastFilteredHeight());
        Assert.True(reopened.TryReadHistoryTile(2, 0, out var root));
        Assert.Equal(TestBlocks.HashOf(77), root);
        Assert.Equal(new byte[] { 9, 8 }, Assert.Single(reopened.ReadKeyChanges()).Bytes);
        Assert.Equal(1UL, reopened.ReadManifest()!.Snapshot);
        Assert.Equal(1, reopened.ReadVersion(3));
    }

    [Theory]
    [InlineData(3UL, 2UL)] // leaves one out
    [InlineData(2UL, 1UL)] // the head's height again
    [InlineData(1UL, 0UL)] // below the head
    public void A_block_that_is_not_the_next_one_is_refused(ulong height, ulong previous)
    {
        var (store, epoch) = CreateWith(blocks: 1);
        store.Append(epoch, TestBlocks.Block(2));
        var block = TestBlocks.Block(height == 3 ? 4 : height) with { Previous = TestBlocks.HashOf(previous) };
        var refusal = Assert.Throws<HeadMovedException>(() => store.Append(epoch, block));
        Assert.Contains("found height 2", refusal.Message);
        Assert.Equal(2UL, store.ReadHead().Height);
    }

    [Fact]
    public void A_block_that_builds_on_another_branch_is_refused()
    {
        var (store, epoch) = CreateWith(blocks: 1);
        var block = TestBlocks.Block(2) with { Previous = TestBlocks.HashOf(1, branch: 1) };
        Assert.Throws<HeadMovedException>(() => store.Append(epoch, block));
        Assert.Null(store.ReadBlock(2));
    }

    [Fact]
    public void A_refused_block_leaves_none_of_its_rows()
    {
        var (store, epoch) = CreateWith(blocks: 1);
        Assert.Throws<HeadMovedException>(() => store.Append(epoch, TestBlocks.Block(3) with
        {
            Filters = [new IdFilter(1, 3, 1_000, 3_000, [1])],
            Tiles = [new HistoryTile(0, 0, TestBlocks.HashOf(9))],
            KeyChanges = [[1]],
        }));
        Assert.Equal(0UL, store.LastFilteredHeight());
        Assert.False(store.TryReadHistoryTile(0, 0, out _));
        Assert.Empty(store.ReadKeyChanges());
    }

    [Fact]
    public void A_block_before_the_head_in_time_is_refused()
    {
        var (store, epoch) = CreateWith(blocks: 2);
        Assert.Throws<ArgumentException>(() => store.Append(epoch, TestBlocks.Block(3) with { TimeMs = 1_999 }));
        store.Append(epoch, TestBlocks.Block(3) with { TimeMs = 2_000 });
        Assert.Equal(2_000UL, store.ReadHead().TimeMs);
    }

    [Fact]
    public void A_block_without_bytes_and_one_at_height_0_are_refused()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        var empty = TestBlocks.Block(1) with { Bytes = ReadOnlyMemory<byte>.Empty };
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Append(epoch, empty));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Append(epoch, TestBlocks.Block(1) with { Height = 0 }));
    }

    [Fact]
    public void A_block_of_16_MiB_comes_back_as_it_was()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        var block = TestBlocks.Block(1, length: 16 * 1024 * 1024);
        store.Append(epoch, block);
        Assert.True(block.Bytes.Span.SequenceEqual(store.ReadBlock(1)));
    }

    [Fact]
    public async Task Readers_on_many_threads_see_whole_appends_only()
    {
        var (store, epoch) = CreateWith(blocks: 1);
        var writing = Task.Run(() => store.AppendThrough(epoch, 200));
        Parallel.For(0, 8, _ =>
        {
            var hashes = new Hash256[200];
            while (!writing.IsCompleted)
            {
                var head = store.ReadHead();
                Assert.Equal(TestBlocks.HashOf(head.Height), head.HeaderHash);
                Assert.Equal(TestBlocks.BytesOf(head.Height), store.ReadBlock(head.Height));
                Assert.True(store.ReadHeaderHashes(1, hashes) >= (int)head.Height);
            }
        });
        await writing;
        Assert.Equal(200UL, store.ReadHead().Height);
    }
}
