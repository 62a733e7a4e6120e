using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Stores.Postgres;

/// <summary>What a process that keeps no head files knows of its chains, as a silo does.</summary>
public sealed class PostgresHeadBoundTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public void A_process_that_closed_a_chain_refuses_an_older_copy_of_it_when_it_opens_the_chain_again()
    {
        using var stores = PostgresNodeStore.Open(database.NodeString, null);
        using (var store = stores.CreateChain("main", TestBlocks.Genesis))
        {
            TestBlocks.AppendThrough(store, store.TakeEpoch().Epoch, 3);
        }

        database.Execute("DELETE FROM actors.block WHERE height = 3");
        database.Execute("UPDATE actors.chain SET (height, head_hash, head_time_ms) = (SELECT height, hash, time_ms FROM actors.block WHERE height = 2)");

        var refused = Assert.Throws<HeadBehindException>(() => stores.OpenChain("main"));
        Assert.Contains("expected a head at height 3 or above, found it at height 2", refused.Message, StringComparison.Ordinal);

        var reopened = stores.ReopenAfterLoss("main");
        Assert.Equal(3UL, reopened.Noted?.Height);
        var epoch = reopened.Store.TakeEpoch().Epoch;
        reopened.Accept();
        reopened.Store.Dispose();
        using var accepted = stores.OpenChain("main");
        Assert.Equal((epoch, 2UL), (accepted.ReadHead().Epoch, accepted.ReadHead().Height));
    }

    [Fact]
    public void A_process_that_closed_a_chain_takes_it_for_lost_where_the_database_has_none_of_that_name()
    {
        using var stores = PostgresNodeStore.Open(database.NodeString, null);
        using (var store = stores.CreateChain("gone", TestBlocks.Genesis))
        {
            TestBlocks.AppendThrough(store, store.TakeEpoch().Epoch, 3);
        }

        database.Clear();

        var refused = Assert.Throws<HeadBehindException>(() => stores.OpenChain("gone"));
        Assert.Contains("at height 3 or above, as it was when it was last open here, found no such chain", refused.Message, StringComparison.Ordinal);
    }
}
