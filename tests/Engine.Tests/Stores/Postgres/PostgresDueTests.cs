using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Stores.Postgres;

/// <summary>When chains are due, as the store keeps it.</summary>
public sealed class PostgresDueTests : IDisposable
{
    private readonly PostgresDatabase _database = new();
    private readonly PostgresNodeStore _node;

    public PostgresDueTests() => _node = PostgresNodeStore.Open(_database.NodeString, null);

    public void Dispose()
    {
        _node.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void What_a_block_makes_due_is_listed_when_its_time_has_come_in_order_of_time_and_in_pages()
    {
        foreach (var (chain, dueMs) in new[] { ("b", 20UL), ("a", 20UL), ("c", 10UL), ("d", 40UL) })
        {
            Append(chain, dueMs);
        }

        Assert.Empty(_node.ListDue(9, null, 10));
        Assert.Equal(["c"], Chains(_node.ListDue(10, null, 10)));
        var first = _node.ListDue(30, null, 2);
        Assert.Equal(["c", "b"], Chains(first));
        Assert.Equal(["a"], Chains(_node.ListDue(30, first[^1], 2)));
        Assert.Equal(["a", "d"], Chains(_node.ListDue(40, first[^1], 2)));
    }

    [Fact]
    public void A_block_that_makes_nothing_due_leaves_what_is_kept_and_one_that_says_nothing_is_due_removes_it()
    {
        var (store, epoch) = Append("main", 20);
        store.Append(epoch, TestBlocks.Block(2));
        Assert.Equal(["main"], Chains(_node.ListDue(20, null, 10)));
        store.Append(epoch, TestBlocks.Block(3) with { Due = new DueNote(null) });
        Assert.Empty(_node.ListDue(ulong.MaxValue >> 1, null, 10));
    }

    [Fact]
    public void A_block_that_is_refused_changes_nothing_of_what_is_due()
    {
        var (store, epoch) = Append("main", 20);
        using var other = _node.OpenChain("main");
        other.TakeEpoch();
        Assert.Throws<FenceLostException>(() => store.Append(epoch, TestBlocks.Block(2) with { Due = new DueNote(null) }));
        Assert.Throws<FenceLostException>(() => ((IDueChainStore)store).WriteDue(epoch, 1, new DueNote(null)));
        Assert.Equal(["main"], Chains(_node.ListDue(20, null, 10)));
    }

    [Fact]
    public void What_was_due_at_another_head_is_not_written_over_what_is_due_at_this_one()
    {
        var (store, epoch) = Append("main", 20);
        var due = (IDueChainStore)store;
        Assert.False(due.WriteDue(epoch, 0, new DueNote(null)));
        Assert.Equal(["main"], Chains(_node.ListDue(20, null, 10)));
        Assert.True(due.WriteDue(epoch, 1, new DueNote(50)));
        Assert.Empty(_node.ListDue(49, null, 10));
        Assert.Equal([new DueChain("main", 50)], _node.ListDue(50, null, 10));
    }

    [Fact]
    public void A_closed_chain_is_never_due_and_one_that_was_copied_here_is_due_at_once()
    {
        var (store, epoch) = Append("main", 20);
        store.Close(epoch, "elsewhere");
        Assert.Empty(_node.ListDue(20, null, 10));

        Append("copied", null).Store.Dispose();
        _node.RenameChain("copied", "moved");
        Assert.Equal([new DueChain("moved", 0)], _node.ListDue(0, null, 10));
    }

    [Fact]
    public void Those_that_are_due_are_found_by_an_index_however_many_are_not()
    {
        Append("main", 20);
        _database.Execute("""
            INSERT INTO actors.chain (slug, epoch, writer, height, head_hash, head_time_ms, log_bytes)
            SELECT 'c' || i, 0, gen_random_uuid(), 1, sha256('x'), 0, 0 FROM generate_series(1, 20000) i;
            INSERT INTO actors.due (chain, due_ms) SELECT chain, 1000000 + chain FROM actors.chain WHERE slug LIKE 'c%';
            ANALYZE actors.due, actors.chain
            """);
        var plan = _database.Read<string>("""
            EXPLAIN (FORMAT JSON) SELECT chain, due_ms FROM actors.due WHERE due_ms <= 20 AND (due_ms, chain) > (-1, 0) ORDER BY due_ms, chain LIMIT 256
            """);
        Assert.Contains("due_first", plan);
        Assert.DoesNotContain("Seq Scan", plan);
        Assert.Equal(["main"], Chains(_node.ListDue(20, null, 256)));
    }

    private (IChainStore Store, ulong Epoch) Append(string chain, ulong? dueMs)
    {
        var store = _node.CreateChain(chain, TestBlocks.Genesis);
        var epoch = store.TakeEpoch().Epoch;
        store.Append(epoch, dueMs is null ? TestBlocks.Block(1) : TestBlocks.Block(1) with { Due = new DueNote(dueMs) });
        return (store, epoch);
    }

    private static IEnumerable<string> Chains(IEnumerable<DueChain> due) => due.Select(chain => chain.ChainId);
}
