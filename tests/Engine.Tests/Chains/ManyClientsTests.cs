using Actors.Ledger.Transactions;

namespace Actors.Engine.Tests.Chains;

public sealed class ManyClientsTests
{
    [Fact]
    public async Task Many_clients_at_once_lose_nothing_and_double_nothing()
    {
        const int Clients = 24;
        const int Each = 40;
        await using var node = new TestNode();
        var book = await node.CreateAsync(accounts: Clients);
        var results = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var places = new List<TransactionPlace>();
            for (var i = 0; i < Each; i++)
            {
                places.Add((await book.CommitAsync(TestBook.Move(1, (ulong)client + 2, 3))).Place);
            }

            return places;
        })));
        Assert.Equal(Clients * Each, results.SelectMany(places => places).Distinct().Count());
        Assert.All(await book.PostedAsync(2, Clients + 1), posted => Assert.Equal(3 * Each, posted));
        Assert.Equal(-3 * Each * Clients, await book.PostedAsync(1));
        await node.StopAsync();
        var report = await TestNode.AuditAsync(node.DataFolder);
        Assert.Empty(report.Findings);
        Assert.Equal((ulong)(Clients * Each) + 1, report.Transactions);
    }

    [Fact]
    public async Task Of_many_that_send_the_same_transaction_one_is_the_first()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        for (var round = 0; round < 10; round++)
        {
            var envelope = book.Envelope([TestBook.Move(1, 2, 1)]);
            var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => book.SendAsync(envelope))));
            Assert.Single(results, result => result.Outcome == Outcome.Committed);
            Assert.Equal(19, results.Count(result => result.Outcome == Outcome.AlreadyCommitted));
            Assert.Single(results.Select(result => result.Recorded!.Place).Distinct());
        }

        Assert.Equal(10, await book.PostedAsync(2));
    }

    [Fact]
    public async Task A_known_id_with_other_or_bad_signatures_is_answered_with_its_first_place()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        var expiry = node.Clock.UnixMs + 50_000;
        var first = (await book.SendAsync(book.Envelope([TestBook.Move(1, 2, 1)], expiry))).Recorded!;
        var bad = book.Envelope([TestBook.Move(1, 2, 1)], expiry);
        bad[^1] ^= 1;
        foreach (var again in new[] { book.Envelope([TestBook.Move(1, 2, 1)], expiry), book.Envelope([TestBook.Move(1, 2, 1)], expiry, new TestKey()), bad })
        {
            var result = await book.SendAsync(again);
            Assert.Equal((Outcome.AlreadyCommitted, first.Place), (result.Outcome, result.Recorded!.Place));
        }
    }

    [Fact]
    public async Task Fifty_chains_of_one_node_run_beside_each_other()
    {
        await using var node = new TestNode();
        await Parallel.ForEachAsync(Enumerable.Range(1, 50), async (number, _) =>
        {
            var book = await node.CreateAsync(accounts: 1, chain: $"chain-{number}");
            await book.CommitAsync(TestBook.Move(1, 2, number));
        });
        await node.StopAsync();
        Assert.Equal(50, (await node.Node.ListChainsAsync(null, 100, CancellationToken.None)).Count);
        await Parallel.ForEachAsync(Enumerable.Range(1, 50), async (number, _) =>
            Assert.Equal(number, await (await node.FindAsync($"chain-{number}")).PostedAsync(2)));
    }

    [Fact]
    public async Task A_node_that_is_stopped_under_load_answers_everybody()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync(accounts: 20);
        var sends = Enumerable.Range(0, 600).Select(i => book.SendAsync(TestBook.Move(1, 2 + ((ulong)i % 20), 1))).ToList();
        await sends[50];
        await node.StopAsync();
        var committed = 0;
        foreach (var send in sends)
        {
            try
            {
                committed += (await send.WaitAsync(TimeSpan.FromSeconds(30))).Outcome == Outcome.Committed ? 1 : 0;
            }
            catch (Faults.ChainStoppedException)
            {
                // Refused while stopping: it was told so, and nothing of it may be there.
            }
        }

        var again = await node.FindAsync();
        Assert.Equal(committed, (await again.PostedAsync(2, 21)).Sum());
    }
}
