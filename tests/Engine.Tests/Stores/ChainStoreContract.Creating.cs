using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void A_new_store_lists_no_chains() => Assert.Empty(OpenNode().ListChains());

    [Fact]
    public void Chains_are_listed_in_ordinal_order()
    {
        var node = OpenNode();
        foreach (var id in new[] { "b", "a-2", "a", "a-10" })
            node.CreateChain(id, TestBlocks.Genesis).Dispose();
        Assert.Equal(["a", "a-10", "a-2", "b"], OpenNode().ListChains());
    }

    [Fact]
    public void A_created_chain_holds_its_genesis_and_stands_at_height_0()
    {
        Create();
        var store = OpenAgain();
        Assert.Equal(TestBlocks.Genesis, store.Genesis.ToArray());
        Assert.Equal(new StoredHead(0, 0, TestBlocks.GenesisHash, 0, HeadFileFound: true), store.ReadHead());
        Assert.Null(store.ReadManifest());
        Assert.Null(store.ReadBlock(1));
        Assert.Null(store.ReadBlockPrefix(1, 10));
        Assert.Empty(store.ReadKeyChanges());
    }

    [Fact]
    public void A_chain_is_created_once()
    {
        var (store, _) = CreateWith(blocks: 1);
        Assert.Throws<ChainExistsException>(() => OpenNode().CreateChain(ChainId, "other"u8.ToArray()));
        Assert.Equal(1UL, store.ReadHead().Height);
        Assert.Equal(TestBlocks.Genesis, OpenAgain().Genesis.ToArray());
    }

    [Fact]
    public void A_chain_that_is_not_there_cannot_be_opened() =>
        Assert.Contains("'main-1'", Assert.Throws<ChainNotFoundException>(() => OpenNode().OpenChain(ChainId)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("Main")]
    [InlineData("1a")]
    [InlineData("a-")]
    [InlineData("../a")]
    [InlineData("a.b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    public void An_id_that_is_no_slug_is_refused(string chainId)
    {
        Assert.Throws<ArgumentException>(() => OpenNode().CreateChain(chainId, TestBlocks.Genesis));
        Assert.Throws<ArgumentException>(() => OpenNode().OpenChain(chainId));
    }

    [Fact]
    public void Of_many_that_create_the_same_chain_one_succeeds()
    {
        var node = OpenNode();
        var created = 0;
        Parallel.For(0, 8, _ =>
        {
            try
            {
                node.CreateChain(ChainId, TestBlocks.Genesis).Dispose();
                Interlocked.Increment(ref created);
            }
            catch (ChainExistsException)
            {
            }
        });
        Assert.Equal(1, created);
    }

    [Fact]
    public void Two_chains_of_a_node_are_apart()
    {
        var (store, _) = CreateWith(blocks: 2);
        var other = Keep(OpenNode().CreateChain("other", TestBlocks.Genesis));
        other.Append(other.TakeEpoch().Epoch, TestBlocks.Block(1));
        Assert.Equal(["main-1", "other"], OpenNode().ListChains());
        Assert.Equal(2UL, store.ReadHead().Height);
        Assert.Equal(1UL, other.ReadHead().Height);
    }
}
