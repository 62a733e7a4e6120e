using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores;

/// <summary>What every store must do that keeps when chains are due.</summary>
public abstract class DueStoreContract : IDisposable
{
    private const ulong Never = ulong.MaxValue >> 1;
    private readonly List<IDisposable> _open = [];
    private StoreFixture? _fixture;
    private INodeStore? _node;

    private protected INodeStore Node => _node ??= Keep((_fixture ??= NewFixture()).OpenNode());

    private protected IDueStore Due => (IDueStore)Node;

    public void Dispose()
    {
        foreach (var opened in Enumerable.Reverse(_open))
        {
            opened.Dispose();
        }

        _fixture?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract StoreFixture NewFixture();

    [Fact]
    public void What_a_block_makes_due_is_listed_when_its_time_has_come_in_order_of_time_and_in_pages()
    {
        foreach (var (chain, dueMs) in new[] { ("b", 21UL), ("a", 20UL), ("c", 10UL), ("d", 40UL), ("e", 40UL) })
        {
            Append(chain, dueMs);
        }

        Assert.Empty(Due.ListDue(9, null, 10));
        Assert.Equal(["c"], Chains(Due.ListDue(10, null, 10)));
        var first = Due.ListDue(30, null, 2);
        Assert.Equal(["c", "a"], Chains(first));
        Assert.Equal(["b"], Chains(Due.ListDue(30, first[^1], 2)));
        var second = Due.ListDue(40, first[^1], 2);
        var third = Due.ListDue(40, second[^1], 2);
        Assert.Equal(["b", "d", "e"], Chains([.. second, .. third]).Order());
        Assert.Empty(Due.ListDue(40, third[^1], 2));
    }

    [Fact]
    public void A_block_that_makes_nothing_due_leaves_what_is_kept_and_one_that_says_nothing_is_due_removes_it()
    {
        var (store, epoch) = Append("main", 20);
        store.Append(epoch, TestBlocks.Block(2));
        Assert.Equal(["main"], Chains(Due.ListDue(20, null, 10)));
        store.Append(epoch, TestBlocks.Block(3) with { Due = new DueNote(null) });
        Assert.Empty(Due.ListDue(Never, null, 10));
    }

    [Fact]
    public void A_later_and_an_earlier_time_take_the_place_of_what_is_kept()
    {
        var (store, epoch) = Append("main", 20);
        store.Append(epoch, TestBlocks.Block(2) with { Due = new DueNote(50) });
        Assert.Equal([new DueChain("main", 50)], Due.ListDue(50, null, 10));
        store.Append(epoch, TestBlocks.Block(3) with { Due = new DueNote(40) });
        Assert.Equal([new DueChain("main", 40)], Due.ListDue(50, null, 10));
    }

    [Fact]
    public void A_block_that_is_refused_makes_nothing_due_later()
    {
        var (store, epoch) = Append("main", 20);
        Keep(Node.OpenChain("main")).TakeEpoch();
        Assert.Throws<FenceLostException>(() => store.Append(epoch, TestBlocks.Block(2) with { Due = new DueNote(null) }));
        Assert.Throws<FenceLostException>(() => store.Append(epoch, TestBlocks.Block(2) with { Due = new DueNote(99) }));
        Assert.Throws<FenceLostException>(() => ((IDueChainStore)store).WriteDue(epoch, 1, new DueNote(null)));
        Assert.Equal([new DueChain("main", 20)], Due.ListDue(20, null, 10));
    }

    [Fact]
    public void What_was_due_at_another_head_is_not_written_over_what_is_due_at_this_one()
    {
        var (store, epoch) = Append("main", 20);
        var due = (IDueChainStore)store;
        Assert.False(due.WriteDue(epoch, 0, new DueNote(null)));
        Assert.Equal(["main"], Chains(Due.ListDue(20, null, 10)));
        Assert.True(due.WriteDue(epoch, 1, new DueNote(50)));
        Assert.Empty(Due.ListDue(49, null, 10));
        Assert.Equal([new DueChain("main", 50)], Due.ListDue(50, null, 10));
    }

    [Fact]
    public void A_closed_chain_is_never_due_and_one_that_was_copied_here_is_due_at_once()
    {
        var (store, epoch) = Append("main", 20);
        store.Close(epoch, "elsewhere");
        Assert.Empty(Due.ListDue(20, null, 10));

        Append("copied", null).Store.Dispose();
        Node.RenameChain("copied", "moved");
        Assert.Equal([new DueChain("moved", 0)], Due.ListDue(0, null, 10));
    }

    private protected (IChainStore Store, ulong Epoch) Append(string chain, ulong? dueMs)
    {
        var store = Keep(Node.CreateChain(chain, TestBlocks.Genesis));
        var epoch = store.TakeEpoch().Epoch;
        store.Append(epoch, dueMs is null ? TestBlocks.Block(1) : TestBlocks.Block(1) with { Due = new DueNote(dueMs) });
        return (store, epoch);
    }

    private protected T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }

    private protected static IEnumerable<string> Chains(IEnumerable<DueChain> due) => due.Select(chain => chain.ChainId);
}
