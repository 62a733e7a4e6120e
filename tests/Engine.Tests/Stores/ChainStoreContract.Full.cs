using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void A_full_disk_refuses_blocks_and_keeps_what_was_there()
    {
        var (store, epoch) = CreateWith(blocks: 2);
        Fixture.TakeRoom(store);
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.Throws<StoreFullException>(() => store.Append(epoch, TestBlocks.Block(3, length: 500_000)));

        Assert.Equal(2UL, store.ReadHead().Height);
        Assert.Equal(TestBlocks.BytesOf(2), store.ReadBlock(2));
        Assert.Null(store.ReadBlock(3));
        store.ConfirmEpoch(epoch);
    }

    [Fact]
    public void After_room_is_made_the_same_writer_goes_on()
    {
        var (store, epoch) = CreateWith(blocks: 2);
        Fixture.TakeRoom(store);
        Assert.Throws<StoreFullException>(() => store.Append(epoch, TestBlocks.Block(3, length: 500_000)));
        Fixture.MakeRoom(store);
        store.Append(epoch, TestBlocks.Block(3, length: 500_000));
        Assert.Equal(TestBlocks.BytesOf(3, 500_000), store.ReadBlock(3));
        Assert.Equal(3UL, OpenAgain().ReadHead().Height);
    }

    [Fact]
    public void A_full_disk_refuses_pages_and_the_current_snapshot_stays()
    {
        var (store, epoch) = CreateWithSnapshot(pages: 2);
        Fixture.TakeRoom(store);
        Assert.Throws<StoreFullException>(() => store.WritePages(epoch, 2, TestBlocks.Pages(200, version: 2)));
        Assert.Equal([1, 1], Versions(store, 2));

        Fixture.MakeRoom(store);
        store.WritePages(epoch, 2, TestBlocks.Pages(200, version: 2));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(2));
        Assert.Equal(200, store.ListHashes().Count);
        Assert.Equal([2, 2], Versions(store, 2));
    }
}
