using System.Globalization;
using Actors.Engine.Sealing;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Tests.Relays;
using Actors.Ledger;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Chains.Postgres;

/// <summary>What a running chain has the store keep of when it is due.</summary>
public sealed class PostgresDueChainTests : IDisposable
{
    private const string None = "none";
    private readonly PostgresDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_store_knows_the_earliest_pending_and_is_not_written_again_for_later_ones()
    {
        await using var node = new TestNode { Store = _database.NodeString };
        var book = await node.CreateAsync();
        Assert.Equal(None, DueOf(TestNode.ChainName));
        await book.CommitAsync(TestBook.Move(1, 2, 1_000));
        var first = await SetAsideAsync(book, TimeSpan.FromMinutes(10));
        Assert.Equal($"{first}", DueOf(TestNode.ChainName));
        var written = RowOf(TestNode.ChainName);

        await SetAsideAsync(book, TimeSpan.FromMinutes(20));
        await book.CommitAsync(TestBook.Move(1, 2, 1));
        Assert.Equal(written, RowOf(TestNode.ChainName));

        var earlier = await SetAsideAsync(book, TimeSpan.FromMinutes(5));
        Assert.Equal($"{earlier}", DueOf(TestNode.ChainName));
    }

    [Fact]
    public async Task When_the_last_pending_has_expired_nothing_is_due()
    {
        var clock = new TestClock();
        await using var node = new TestNode { Store = _database.NodeString, Clock = clock };
        var book = await node.CreateAsync();
        await book.CommitAsync(TestBook.Move(1, 2, 1_000));
        await SetAsideAsync(book, TimeSpan.FromMinutes(10), clock.UnixMs);
        clock.Pass(TimeSpan.FromMinutes(11));
        await book.CommitAsync(TestBook.Move(1, 2, 1));
        Assert.Equal(None, DueOf(TestNode.ChainName));
    }

    [Fact]
    public async Task A_chain_that_is_woken_too_early_says_when_to_wake_it_next()
    {
        await using var node = new TestNode { Store = _database.NodeString };
        var book = await node.CreateAsync();
        await book.CommitAsync(TestBook.Move(1, 2, 1_000));
        var due = await SetAsideAsync(book, TimeSpan.FromMinutes(10));
        await node.StopAsync();
        _database.Execute("UPDATE actors.due SET due_ms = 1");

        using var host = Host(node);
        await using (var chain = host.Open(ChainId.Parse(TestNode.ChainName))!)
        {
            Assert.Equal([TestNode.ChainName], host.ListDue(null, 10).Select(one => one.ChainId));
            await chain.WakeAsync(CancellationToken.None);
            Assert.Empty(host.ListDue(null, 10));
            Assert.Equal($"{due}", DueOf(TestNode.ChainName));
        }
    }

    [Fact]
    public async Task A_chain_with_unsettled_packets_is_due_within_a_minute_and_after_they_are_settled_no_more()
    {
        await using var node = new TestNode { Store = _database.NodeString };
        var pair = await TestPair.CreateAsync(node);
        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1)));
        await pair.Home.CommitAsync(pair.Out(700));
        var due = ulong.Parse(DueOf(TestPair.HomeName), CultureInfo.InvariantCulture);
        Assert.InRange(due, 1UL, node.Clock.UnixMs + 60_000);

        await pair.Away.CommitAsync(new PauseChannel(EntityReference.Numbered(1), Resume: true));
        await TestPair.SettledAsync(pair.Home);
        await node.StopAsync();
        using var host = Host(node);
        await using (var home = host.Open(ChainId.Parse(TestPair.HomeName))!)
        {
            await home.WakeAsync(CancellationToken.None);
            Assert.Equal(None, DueOf(TestPair.HomeName));
        }
    }

    private ChainHost Host(TestNode node) => new(
        PostgresNodeStore.Open(_database.NodeString, null),
        SealingKeyFolders.In(node.DataFolder),
        new LedgerNodeOptions { DataFolder = node.DataFolder, Store = node.Store, Clock = node.Clock });

    private static async Task<ulong> SetAsideAsync(TestBook book, TimeSpan timeout, ulong? nowMs = null)
    {
        var until = (nowMs ?? (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()) + (ulong)timeout.TotalMilliseconds;
        await book.CommitAsync(new Pending(TestBook.Account(2), TestBook.Account(3), 5, new Timestamp(until), EntityReference.Numbered(1)));
        return until;
    }

    private string DueOf(string chain) => _database.Read<string>($"""
        SELECT coalesce((SELECT d.due_ms::text FROM actors.due d JOIN actors.chain c ON c.chain = d.chain WHERE c.slug = '{chain}'), '{None}')
        """);

    /// <summary>Another one whenever the row was written.</summary>
    private string RowOf(string chain) => _database.Read<string>($"SELECT d.xmin::text FROM actors.due d JOIN actors.chain c ON c.chain = d.chain WHERE c.slug = '{chain}'");
}
