using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Theory]
    [InlineData(300, 0)]
    [InlineData(300, 10)]
    [InlineData(300, 300)]
    [InlineData(300, 1_000)]
    [InlineData(500_000, 305)]
    [InlineData(500_000, 60_000)]
    [InlineData(500_000, 500_000)]
    [InlineData(500_000, int.MaxValue)]
    public void A_prefix_is_the_start_of_the_block(int length, int lengthMax)
    {
        var (store, epoch) = CreateWith(blocks: 0);
        store.Append(epoch, TestBlocks.Block(1, length));
        var prefix = store.ReadBlockPrefix(1, lengthMax);
        Assert.Equal(TestBlocks.BytesOf(1, length).Take(lengthMax), prefix);
    }

    [Fact]
    public void Header_hashes_are_read_from_a_height_on()
    {
        var (store, _) = CreateWith(blocks: 5);
        var hashes = new Hash256[3];
        Assert.Equal(3, store.ReadHeaderHashes(2, hashes));
        Assert.Equal([TestBlocks.HashOf(2), TestBlocks.HashOf(3), TestBlocks.HashOf(4)], hashes);
        Assert.Equal(2, store.ReadHeaderHashes(4, hashes));
        Assert.Equal(0, store.ReadHeaderHashes(6, hashes));
        Assert.Equal(0, store.ReadHeaderHashes(1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.ReadHeaderHashes(0, new Hash256[1]));
    }

    [Theory]
    [InlineData(0UL, 1UL)]
    [InlineData(1_000UL, 1UL)]
    [InlineData(1_001UL, 2UL)]
    [InlineData(4_000UL, 4UL)]
    [InlineData(4_001UL, 7UL)] // heights 4, 5 and 6 share 4,000
    [InlineData(7_000UL, 7UL)]
    [InlineData(7_001UL, 8UL)] // none: the head's height + 1
    [InlineData(ulong.MaxValue, 8UL)]
    public void The_first_height_at_or_after_a_time_is_found(ulong timeMs, ulong height)
    {
        var (store, epoch) = CreateWith(blocks: 4);
        store.Append(epoch, TestBlocks.Block(5) with { TimeMs = 4_000 });
        store.Append(epoch, TestBlocks.Block(6) with { TimeMs = 4_000 });
        store.Append(epoch, TestBlocks.Block(7));
        Assert.Equal(height, store.FirstHeightAtOrAfter(timeMs));
    }

    [Fact]
    public void Of_blocks_that_share_a_time_the_first_is_found()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        for (ulong height = 1; height <= 9; height++)
            store.Append(epoch, TestBlocks.Block(height) with { TimeMs = height < 4 ? 10UL : 20UL });
        Assert.Equal(1UL, store.FirstHeightAtOrAfter(10));
        Assert.Equal(4UL, store.FirstHeightAtOrAfter(11));
        Assert.Equal(4UL, store.FirstHeightAtOrAfter(20));
    }

    [Fact]
    public void On_a_chain_without_blocks_every_time_leads_to_height_1()
    {
        var store = Create();
        Assert.Equal(1UL, store.FirstHeightAtOrAfter(0));
        Assert.Equal(1UL, store.FirstHeightAtOrAfter(5));
    }

    [Theory]
    [InlineData(0UL, 999UL, "")]
    [InlineData(0UL, 1_000UL, "1")]
    [InlineData(2_000UL, 2_000UL, "1")]
    [InlineData(2_001UL, 2_999UL, "")] // between two stretches
    [InlineData(2_000UL, 3_000UL, "1 3")]
    [InlineData(3_500UL, 5_000UL, "3 5")]
    [InlineData(0UL, ulong.MaxValue, "1 3 5")]
    [InlineData(6_001UL, 9_000UL, "")]
    public void Filters_of_the_stretches_that_overlap_a_time_range_are_read(ulong from, ulong through, string first)
    {
        var (store, epoch) = CreateWith(blocks: 1);
        for (ulong height = 2; height <= 6; height++)
        {
            var closes = height % 2 == 0;
            var filter = new IdFilter(height - 1, height, TestBlocks.TimeOf(height - 1), TestBlocks.TimeOf(height), [7]);
            store.Append(epoch, TestBlocks.Block(height) with { Filters = closes ? [filter] : [] });
        }

        var read = store.ReadIdFilters(from, through);
        Assert.Equal(first, string.Join(' ', read.Select(filter => filter.FirstHeight)));
        Assert.All(read, filter => Assert.Equal(new byte[] { 7 }, filter.Bits));
    }

    [Fact]
    public void The_last_filtered_height_is_the_end_of_the_last_stretch()
    {
        var (store, epoch) = CreateWith(blocks: 3);
        Assert.Equal(0UL, store.LastFilteredHeight());
        store.Append(epoch, TestBlocks.Block(4) with
        {
            Filters = [new IdFilter(1, 1, 1_000, 1_000, [1]), new IdFilter(2, 3, 2_000, 3_000, [2])],
        });
        Assert.Equal(3UL, store.LastFilteredHeight());
    }

    [Fact]
    public void Tiles_are_found_by_level_and_index()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        store.Append(epoch, TestBlocks.Block(1) with
        {
            Tiles = [new HistoryTile(0, 7, TestBlocks.HashOf(1)), new HistoryTile(3, 7, TestBlocks.HashOf(2))],
        });
        Assert.True(store.TryReadHistoryTile(0, 7, out var low));
        Assert.True(store.TryReadHistoryTile(3, 7, out var high));
        Assert.Equal((TestBlocks.HashOf(1), TestBlocks.HashOf(2)), (low, high));
        Assert.False(store.TryReadHistoryTile(1, 7, out _));
        Assert.False(store.TryReadHistoryTile(0, 8, out _));
    }

    [Fact]
    public void Key_changes_come_in_the_order_in_which_they_were_appended()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        store.Append(epoch, TestBlocks.Block(1) with { KeyChanges = [[3], [1]] });
        store.Append(epoch, TestBlocks.Block(2));
        store.Append(epoch, TestBlocks.Block(3) with { KeyChanges = [[2]] });
        Assert.Equal(
            [(1UL, (byte)3), (1UL, (byte)1), (3UL, (byte)2)],
            store.ReadKeyChanges().Select(change => (change.Height, Assert.Single(change.Bytes))));
    }

    [Fact]
    public void A_chain_at_rest_answers_and_writes_as_before()
    {
        var (store, epoch) = CreateWith(blocks: 2);
        store.Rest();
        Assert.Equal(TestBlocks.BytesOf(2), store.ReadBlock(2));
        store.Rest();
        store.Append(epoch, TestBlocks.Block(3));
        store.Rest();
        store.ConfirmEpoch(epoch);
        Assert.Equal(3UL, store.ReadHead().Height);
    }

    [Fact]
    public void The_bytes_on_disk_grow_with_the_log()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        var before = store.BytesOnDisk;
        store.Append(epoch, TestBlocks.Block(1, length: 1_000_000));
        Assert.InRange(store.BytesOnDisk - before, 1_000_000, 4_000_000);
    }
}
