using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void A_closed_chain_is_written_by_nobody_again_and_says_where_it_went()
    {
        var (store, epoch) = CreateWith(blocks: 2);
        Assert.Null(store.ReadClosedTo());
        store.Close(epoch, "another store");
        Assert.Throws<FenceLostException>(() => store.Append(epoch, TestBlocks.Block(3)));
        foreach (var opened in new[] { store, OpenAgain() })
        {
            var refusal = Assert.Throws<ChainClosedException>(() => opened.TakeEpoch());
            Assert.Equal(("another store", "another store"), (refusal.MovedTo, opened.ReadClosedTo()));
            Assert.Contains("ChainClosed", refusal.Message);
            Assert.Equal((2UL, TestBlocks.HashOf(2)), (opened.ReadHead().Height, opened.ReadHead().HeaderHash));
            Assert.Equal(TestBlocks.BytesOf(2), opened.ReadBlock(2));
        }
    }

    [Fact]
    public void Only_the_writer_closes_a_chain()
    {
        var (old, epoch) = CreateWith(blocks: 1);
        var store = OpenAgain();
        var taken = store.TakeEpoch().Epoch;
        Assert.Throws<FenceLostException>(() => old.Close(epoch, "another store"));
        store.Append(taken, TestBlocks.Block(2));
    }

    [Fact]
    public void A_renamed_chain_is_found_under_its_new_id_only()
    {
        var node = OpenNode();
        using (var store = node.CreateChain(ChainId, TestBlocks.Genesis))
            store.AppendThrough(store.TakeEpoch().Epoch, 2);
        node.RenameChain(ChainId, "renamed");
        Assert.Equal(["renamed"], node.ListChains());
        Assert.Equal(2UL, Keep(node.OpenChain("renamed")).ReadHead().Height);
    }

    [Fact]
    public void A_chain_is_not_renamed_to_one_that_is_there_and_one_that_is_not_there_not_at_all()
    {
        var node = OpenNode();
        node.CreateChain(ChainId, TestBlocks.Genesis).Dispose();
        node.CreateChain("other", TestBlocks.Genesis).Dispose();
        Assert.Throws<ChainExistsException>(() => node.RenameChain(ChainId, "other"));
        Assert.Throws<ChainNotFoundException>(() => node.RenameChain("missing", "another"));
        Assert.Equal([ChainId, "other"], node.ListChains());
    }
}
