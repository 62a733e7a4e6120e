using Actors.Engine.Faults;
using Actors.Engine.Recovery;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Transactions;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Chains.Postgres;

/// <summary>A chain whose primary is lost and whose standby takes its place behind the same address.</summary>
public sealed class PostgresFailoverTests : IDisposable
{
    private readonly PostgresServer _primary = PostgresServer.StartNew();

    public void Dispose() => _primary.Dispose();

    [Fact]
    public async Task After_a_failover_to_a_standby_that_lagged_behind_the_writer_and_its_successors_stop_with_HeadBehind()
    {
        await using var node = new PostgresNode(_primary);
        var payer = await node.CreateAsync();
        await payer.PayAsync(times: 5);
        Assert.Contains("can lose acknowledged blocks", Assert.Single(node.Node.Node.Notices));
        using var standby = _primary.StartStandby();
        standby.Execute("ALTER SYSTEM SET primary_conninfo = ''");
        standby.Execute("SELECT pg_reload_conf()");
        await PostgresActivity.WaitForSilenceAsync(standby);
        await payer.PayAsync(times: 5);
        FailOver(node, standby);

        var stopped = await Assert.ThrowsAnyAsync<EngineFaultException>(() => payer.PayAsync(times: 1));
        Assert.Null(stopped.RetryAfter);
        Assert.Contains("HeadBehind", stopped.ToString());

        await node.Node.StopAsync();
        var refused = await Assert.ThrowsAnyAsync<EngineFaultException>(() => node.Node.FindAsync());
        Assert.IsType<HeadBehindException>(refused.InnerException);

        var kept = await RecoverAsync(node);
        var book = await node.Node.FindAsync();
        Assert.Equal(kept, await book.PostedAsync(2));
        await book.CommitAsync(TestBook.Move(1, 2, 1));
        Assert.Equal(kept + 1, await book.PostedAsync(2));
    }

    /// <summary>Its operator signs what the standby did not have. Returns what account 2 holds there.</summary>
    private static async Task<long> RecoverAsync(PostgresNode node)
    {
        var (data, book) = (node.Node.DataFolder, node.Book);
        await using var recovery = LossRecovery.Open(
            PostgresNodeStore.Open(node.Node.Store!, Path.Combine(data, "heads")),
            SealingKeyFolders.In(data),
            ChainId.Parse(TestNode.ChainName),
            told: null,
            new LedgerNodeOptions { DataFolder = data });
        Assert.Equal((recovery.Head.Height + 1, 5U), (recovery.Lost!.Value.First, recovery.Lost.Value.Count));
        var kept = (long)recovery.Head.Height - 1; // one block founded the book, each later one paid 1
        Assert.Equal(Outcome.Committed, (await recovery.RecordAsync(book.Envelope([new ChangeSealingKey(recovery.CreateSealingKey(), recovery.Lost)]), CancellationToken.None)).Outcome);
        recovery.Accept();
        return kept;
    }

    [Fact]
    public async Task After_a_failover_to_a_synchronous_standby_nothing_is_lost_and_the_chain_goes_on()
    {
        await using var node = new PostgresNode(_primary);
        using var standby = StartSynchronousStandby();
        var payer = await node.CreateAsync();
        Assert.Contains("loses no acknowledged block", Assert.Single(node.Node.Node.Notices));
        using var stop = new CancellationTokenSource();
        var paying = payer.PayAsync(stop.Token);
        await payer.WaitForAsync(more: 20);
        FailOver(node, standby);
        await payer.WaitForAsync(more: 20);
        await stop.CancelAsync();
        await paying;
        await node.RequireAsync(paid: payer.Acknowledged);
    }

    [Fact]
    public async Task A_commit_that_the_synchronous_standby_did_not_get_is_of_unknown_outcome_though_the_server_calls_it_done()
    {
        using var database = new PostgresDatabase(_primary.ConnectionString);
        using var stores = PostgresNodeStore.Open(database.NodeString, null);
        using var store = stores.CreateChain("main", Stores.TestBlocks.Genesis);
        var epoch = store.TakeEpoch().Epoch;
        using (var standby = StartSynchronousStandby())
            Stores.TestBlocks.AppendThrough(store, epoch, 3);

        var appending = Task.Run(() => store.Append(epoch, Stores.TestBlocks.Block(4)));
        var session = await PostgresActivity.WaitForAsync(database, "wait_event = 'SyncRep'");
        database.ExecuteAsAdmin($"SELECT pg_cancel_backend({session})");
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => appending);
        _primary.Execute("ALTER SYSTEM SET synchronous_standby_names = ''");
        _primary.Execute("SELECT pg_reload_conf()");
        Assert.Equal(4UL, store.TakeEpoch().Height);
    }

    private PostgresServer StartSynchronousStandby()
    {
        var standby = _primary.StartStandby();
        _primary.Execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        _primary.Execute("SELECT pg_reload_conf()");
        return standby;
    }

    private void FailOver(PostgresNode node, PostgresServer standby)
    {
        _primary.Stop();
        standby.Promote();
        node.Proxy.LeadTo(standby.Port);
    }
}
