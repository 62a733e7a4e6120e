using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void A_block_is_read_as_it_was_appended()
    {
        var (store, epoch) = CreateWith(blocks: 6);
        var whole = TestBlocks.Block(7) with
        {
            Filters = [new IdFilter(1, 3, 1_000, 3_000, [1]), new IdFilter(4, 7, 4_000, 7_000, [2, 3])],
            Tiles = [new HistoryTile(1, 3, TestBlocks.HashOf(70)), new HistoryTile(3, 0, TestBlocks.HashOf(71))],
            KeyChanges = [[4], [5, 6]],
        };
        store.Append(epoch, whole);

        var read = store.ReadAppend(7)!;
        Assert.Equal((whole.Height, whole.Previous, whole.HeaderHash, whole.TimeMs), (read.Height, read.Previous, read.HeaderHash, read.TimeMs));
        Assert.Equal(whole.Bytes.ToArray(), read.Bytes.ToArray());
        Assert.Equal(new byte[] { 2, 3 }, Assert.Single(read.Filters, filter => filter.LastHeight == 7).Bits);
        Assert.Equal(whole.Tiles, read.Tiles);
        Assert.Equal(whole.KeyChanges, read.KeyChanges);
    }

    [Fact]
    public void The_first_block_is_read_with_the_genesis_before_it_and_none_above_the_head()
    {
        var (store, _) = CreateWith(blocks: 1);
        Assert.Equal(TestBlocks.GenesisHash, store.ReadAppend(1)!.Previous);
        Assert.Null(store.ReadAppend(0));
        Assert.Null(store.ReadAppend(2));
    }

    [Fact]
    public void Several_blocks_are_appended_at_once()
    {
        var (store, epoch) = CreateWith(blocks: 1);
        store.AppendAll(epoch, [TestBlocks.Block(2), TestBlocks.Block(3), TestBlocks.Block(4)]);
        Assert.Equal((4UL, TestBlocks.HashOf(4)), (store.ReadHead().Height, store.ReadHead().HeaderHash));
        Assert.Equal(TestBlocks.BytesOf(3), OpenAgain().ReadBlock(3));
    }

    [Fact]
    public void Of_several_blocks_none_is_appended_if_one_is_not_the_next()
    {
        var (store, epoch) = CreateWith(blocks: 1);
        Assert.Throws<HeadMovedException>(() => store.AppendAll(epoch, [TestBlocks.Block(2), TestBlocks.Block(4)]));
        Assert.Equal(1UL, store.ReadHead().Height);
        Assert.Null(store.ReadBlock(2));
    }

    [Fact]
    public void Several_blocks_are_fenced_as_one_is()
    {
        var (old, epoch) = CreateWith(blocks: 1);
        OpenAgain().TakeEpoch();
        Assert.Throws<FenceLostException>(() => old.AppendAll(epoch, [TestBlocks.Block(2), TestBlocks.Block(3)]));
        Assert.Equal(1UL, old.ReadHead().Height);
    }
}
