using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Stores.Postgres;

/// <summary>Connections that end at the worst moment.</summary>
public sealed class PostgresOutcomeTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private const string ChainId = "main";

    private readonly TcpProxy _proxy = new(new Npgsql.NpgsqlConnectionStringBuilder(database.NodeString).Port);
    private PostgresNodeStore? _node;

    public void Dispose()
    {
        _node?.Dispose();
        _proxy.Dispose();
        database.Clear();
    }

    [Fact]
    public void A_commit_whose_answer_is_lost_is_of_unknown_outcome_and_found_under_the_next_epoch()
    {
        var (store, epoch) = Create();
        _proxy.CutNextAnswer();
        Assert.Throws<OutcomeUnknownException>(() => store.Append(epoch, TestBlocks.Block(3)));
        Assert.Equal(1, _proxy.CutCount);
        Assert.Equal(new StoredHead(epoch + 1, 3, TestBlocks.HashOf(3), 3_000, HeadFileFound: true), store.TakeEpoch());
        Assert.Equal(1L, database.Read<long>("SELECT count(*) FROM actors.block WHERE height = 3"));
    }

    [Fact]
    public void A_commit_that_is_lost_is_of_unknown_outcome_and_not_found_under_the_next_epoch()
    {
        var (store, epoch) = Create();
        _proxy.CutNextCommit();
        Assert.Throws<OutcomeUnknownException>(() => store.Append(epoch, TestBlocks.Block(3)));
        var head = store.TakeEpoch();
        Assert.Equal((epoch + 1, 2UL), (head.Epoch, head.Height));
        store.Append(head.Epoch, TestBlocks.Block(3));
        Assert.Equal(TestBlocks.BytesOf(3), store.ReadBlock(3));
    }

    [Fact]
    public void A_switch_whose_answer_is_lost_is_of_unknown_outcome_too()
    {
        var (store, epoch) = Create();
        store.WritePages(epoch, 1, TestBlocks.Pages(2, version: 1));
        _proxy.CutNextAnswer();
        Assert.Throws<OutcomeUnknownException>(() => store.SwitchSnapshot(epoch, TestBlocks.Manifest(1, height: 2)));
        Assert.Equal(1UL, store.ReadManifest()!.Snapshot);
    }

    [Fact]
    public void Taking_an_epoch_is_tried_again_when_its_answer_is_lost()
    {
        var (store, epoch) = Create();
        _proxy.CutNextAnswer();
        Assert.Equal(epoch + 2, store.TakeEpoch().Epoch);
    }

    [Fact]
    public async Task A_session_that_is_ended_in_the_middle_of_a_block_is_replaced_and_the_block_is_there_once()
    {
        var (store, epoch) = Create();
        await WhileLockedAsync(() => store.Append(epoch, TestBlocks.Block(3)), endings: 1);
        Assert.Equal(3UL, store.ReadHead().Height);
        Assert.Equal(1L, database.Read<long>("SELECT count(*) FROM actors.block WHERE height = 3"));
    }

    [Fact]
    public async Task A_block_whose_session_is_ended_again_and_again_is_refused_and_not_written()
    {
        var (store, epoch) = Create();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => WhileLockedAsync(() => store.Append(epoch, TestBlocks.Block(3)), endings: 2));
        Assert.Equal(2UL, store.ReadHead().Height);
        store.Append(epoch, TestBlocks.Block(3));
    }

    [Fact]
    public void Idle_connections_that_the_server_closed_are_replaced_unnoticed()
    {
        var (store, epoch) = Create();
        database.ExecuteAsAdmin($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{database.Node}'");
        store.Append(epoch, TestBlocks.Block(3));
        store.ConfirmEpoch(epoch);
        Assert.Equal(TestBlocks.BytesOf(3), store.ReadBlock(3));
    }

    /// <summary>Holds the chain's row, ends the sessions that wait for it so often, and lets it go.</summary>
    private async Task WhileLockedAsync(Action write, int endings)
    {
        await using var holder = new Npgsql.NpgsqlConnection(database.OwnerString);
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var take = new Npgsql.NpgsqlCommand("SELECT 1 FROM actors.chain FOR UPDATE", holder))
            await take.ExecuteScalarAsync();
        var writing = Task.Run(write);
        for (var ended = 0; ended < endings; ended++)
        {
            var session = await PostgresActivity.WaitForAsync(database, "wait_event_type = 'Lock'");
            database.ExecuteAsAdmin($"SELECT pg_terminate_backend({session}, 5000)");
        }

        await transaction.RollbackAsync();
        await writing;
    }

    private (IChainStore Store, ulong Epoch) Create()
    {
        _node = PostgresNodeStore.Open(database.NodeStringAt(_proxy.Port), null);
        var store = _node.CreateChain(ChainId, TestBlocks.Genesis);
        var epoch = store.TakeEpoch().Epoch;
        store.AppendThrough(epoch, 2);
        return (store, epoch);
    }
}
