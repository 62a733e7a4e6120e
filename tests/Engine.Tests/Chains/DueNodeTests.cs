using System.Collections.Concurrent;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Engine.Tests.Relays;
using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Chains;

/// <summary>Chains of one node with something due that nobody calls.</summary>
public sealed class DueNodeTests : IDisposable
{
    private static readonly TimeSpan WakingMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);
    private readonly TestClock _clock = new();
    private PostgresDatabase? _database;

    public void Dispose() => _database?.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Packets_that_were_on_their_way_when_a_node_ended_are_settled_after_its_start_though_nobody_calls(bool inPostgres)
    {
        await using var node = NewNode(inPostgres);
        var pair = await TestPair.CreateAsync(node);
        await node.StopAsync();
        await SendWithNobodyToCarryAsync(node, pair.Out(700));
        Assert.Equal((1UL, 0UL), await PositionAsync(node));
        var height = HeightOf(node, TestPair.HomeName);

        _ = node.Node;
        await UntilAsync(() => HeightOf(node, TestPair.HomeName) > height);
        await node.StopAsync();
        Assert.Equal((1UL, 1UL), await PositionAsync(node));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pending_that_comes_due_while_no_node_runs_expires_after_the_start_though_nobody_calls(bool inPostgres)
    {
        await using var node = NewNode(inPostgres);
        await SetAsideAsync(await node.CreateAsync(), TimeSpan.FromMinutes(10));
        await node.StopAsync();
        var height = HeightOf(node, TestNode.ChainName);
        _clock.Pass(TimeSpan.FromMinutes(11));

        _ = node.Node;
        await UntilAsync(() => HeightOf(node, TestNode.ChainName) == height + 1);
        var pending = await (await node.FindAsync()).Chain.GetPendingAsync(new PendingNumber(1), true, CancellationToken.None);
        Assert.Equal(PendingState.Expired, pending!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chain_that_comes_due_while_the_node_runs_is_woken_by_a_later_look(bool inPostgres)
    {
        await using var node = NewNode(inPostgres, Often);
        await SetAsideAsync(await node.CreateAsync(), TimeSpan.FromMinutes(10));
        await node.StopAsync();
        var before = HeadOf(node, TestNode.ChainName);

        _ = node.Node;
        await Task.Delay(10 * Often);
        Assert.Equal(before, HeadOf(node, TestNode.ChainName));
        _clock.Pass(TimeSpan.FromMinutes(11));
        await UntilAsync(() => HeightOf(node, TestNode.ChainName) == before.Height + 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chain_without_anything_due_or_without_its_sealing_keys_here_is_left_to_whoever_has_it(bool inPostgres)
    {
        await using var node = NewNode(inPostgres, Often);
        await node.CreateAsync(chain: "idle");
        await SetAsideAsync(await node.CreateAsync(chain: "another"), TimeSpan.FromMinutes(10));
        await SetAsideAsync(await node.CreateAsync(), TimeSpan.FromMinutes(20));
        await node.StopAsync();
        var keys = Path.Combine(node.DataFolder, "sealing-keys");
        Directory.Move(Path.Combine(keys, "another"), Path.Combine(node.Root, "keys of another"));
        var (idle, another) = (HeadOf(node, "idle"), HeadOf(node, "another"));
        var height = HeightOf(node, TestNode.ChainName);
        _clock.Pass(TimeSpan.FromMinutes(21));

        _ = node.Node;
        await UntilAsync(() => HeightOf(node, TestNode.ChainName) == height + 1);
        Assert.Equal((idle, another), (HeadOf(node, "idle"), HeadOf(node, "another")));
    }

    [Fact]
    public async Task A_chain_that_cannot_be_opened_is_told_and_tried_again_and_keeps_no_other_from_being_woken()
    {
        var told = new ConcurrentQueue<string>();
        await using var node = new TestNode { Clock = _clock, DueEvery = Often, NotWoken = (chain, fault) => told.Enqueue($"{chain}: {fault.Message}") };
        await SetAsideAsync(await node.CreateAsync(chain: "broken"), TimeSpan.FromMinutes(10));
        await SetAsideAsync(await node.CreateAsync(), TimeSpan.FromMinutes(20));
        await node.StopAsync();
        var height = HeightOf(node, TestNode.ChainName);
        var log = Path.Combine(node.DataFolder, "chains", "broken", "log.db");
        var bytes = await File.ReadAllBytesAsync(log);
        await File.WriteAllTextAsync(log, "this is no database");
        _clock.Pass(TimeSpan.FromMinutes(21));

        _ = node.Node;
        await UntilAsync(() => HeightOf(node, TestNode.ChainName) == height + 1 && told.Count >= 3);
        Assert.All(told, one => Assert.StartsWith("broken: ", one));

        await File.WriteAllBytesAsync(log, bytes);
        await UntilAsync(() => HeightOf(node, "broken") == height + 1);
    }

    private TestNode NewNode(bool inPostgres, TimeSpan? dueEvery = null) => new()
    {
        Store = inPostgres ? (_database ??= new PostgresDatabase()).NodeString : null,
        Clock = _clock,
        DueEvery = dueEvery ?? TimeSpan.FromMinutes(1),
    };

    private async Task SetAsideAsync(TestBook book, TimeSpan timeout)
    {
        await book.CommitAsync(TestBook.Move(1, 2, 1_000));
        var until = new Timestamp(_clock.UnixMs + (ulong)timeout.TotalMilliseconds);
        await book.CommitAsync(new Pending(TestBook.Account(2), TestBook.Account(3), 5, until, EntityReference.Numbered(1)));
    }

    /// <summary>As a node does that ends before it has carried anything: nobody hears of the channel.</summary>
    private static async Task SendWithNobodyToCarryAsync(TestNode node, IOperation send)
    {
        using var host = HostOver(node);
        await using var home = host.Open(ChainId.Parse(TestPair.HomeName))!;
        await node.BookOf(home).CommitAsync(send);
    }

    private static async Task<(ulong Sent, ulong Settled)> PositionAsync(TestNode node)
    {
        using var host = HostOver(node);
        await using var home = host.Open(ChainId.Parse(TestPair.HomeName))!;
        var position = await home.GetRelayPositionAsync(1, CancellationToken.None);
        return (position!.Sent, position.Settled);
    }

    private static ChainHost HostOver(TestNode node) => new(StoreOf(node), SealingKeyFolders.In(node.DataFolder), node.NodeOptions);

    private static INodeStore StoreOf(TestNode node) => node.Store is { } store ? PostgresNodeStore.Open(store, null) : new SqliteNodeStore(node.DataFolder);

    private static ulong HeightOf(TestNode node, string chain) => HeadOf(node, chain).Height;

    /// <summary>With its epoch, which every opening raises.</summary>
    private static StoredHead HeadOf(TestNode node, string chain)
    {
        using var stores = StoreOf(node);
        using var store = stores.OpenChain(chain);
        return store.ReadHead();
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var looks = 0; !isSo(); looks++)
        {
            Assert.True(looks * Often < WakingMax, "expected something to happen, nothing did");
            await Task.Delay(Often);
        }
    }
}
