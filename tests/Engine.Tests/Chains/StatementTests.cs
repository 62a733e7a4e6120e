using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Proofs;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Chains;

public sealed class StatementTests
{
    private const int Touches = 2_200;
    private static readonly AccountNumber Account = new(2);

    [Fact]
    public async Task Pages_and_dates_give_every_touch_once_and_far_dates_read_few_blocks()
    {
        var clock = new TestClock();
        await using var host = new SimHost(clock: clock);
        var book = await host.Start().FoundAsync(3);
        var heights = new List<(ulong Height, ulong TimeMs, long Amount)>();
        for (var i = 1; i <= Touches; i++)
        {
            clock.Pass(TimeSpan.FromSeconds(1));
            var recorded = await book.CommitAsync(TestBook.Move(1, 2, i));
            heights.Add((recorded.Place.Height.Value, recorded.Time.Ms, i));
        }

        heights.Reverse();
        await PagesGiveAll(book.Chain, heights);
        await DatesGiveTheirPart(book.Chain, heights);

        var reads = host.Faults.Count(StoreCall.ReadLog);
        var old = await book.Chain.GetStatementAsync(Account, new StatementQuery { Until = new Timestamp(heights[^20].TimeMs), EntriesMax = 5 }, CancellationToken.None);
        Assert.Equal(heights[^19].Height, old!.Entries[0].Height.Value);
        Assert.InRange(host.Faults.Count(StoreCall.ReadLog) - reads, 1, 1_500);
    }

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended_without_reading_it_again()
    {
        await using var host = new SimHost();
        var book = await host.Start().FoundAsync(3);
        for (var i = 0; i < 400; i++)
        {
            await book.CommitAsync(TestBook.Move(1, 2, 1));
        }

        var page = await book.Chain.GetStatementAsync(Account, new StatementQuery { EntriesMax = 200 }, CancellationToken.None);
        var reads = host.Faults.Count(StoreCall.ReadLog);
        page = await book.Chain.GetStatementAsync(Account, new StatementQuery { EntriesMax = 10, Before = page!.Next }, CancellationToken.None);
        Assert.Equal(10, page!.Entries.Count);
        Assert.InRange(host.Faults.Count(StoreCall.ReadLog) - reads, 10, 16);
    }

    [Fact]
    public async Task A_statement_file_is_verified_and_shows_each_line()
    {
        await using var host = new SimHost();
        var book = await host.Start().FoundAsync(3);
        for (var i = 1; i <= 300; i++)
        {
            await book.CommitAsync(TestBook.Move(1, i % 3 == 0 ? 3UL : 2UL, i));
        }

        var file = await book.Chain.GetStatementFileAsync(Account, new StatementQuery { EntriesMax = 200 }, CancellationToken.None);
        var verification = ProofVerifier.Verify(file, book.Chain.Genesis.Hash);
        Assert.True(verification.IsVerified, string.Join("; ", verification.Checks));
        Assert.Equal(200, verification.Statement!.Entries.Count);
        Assert.Null(await book.Chain.GetStatementFileAsync(new AccountNumber(99), new StatementQuery(), CancellationToken.None));
    }

    private static async Task PagesGiveAll(ILedgerChain chain, List<(ulong Height, ulong TimeMs, long Amount)> expected)
    {
        var found = new List<(ulong Height, ulong TimeMs, long Amount)>();
        var query = new StatementQuery { EntriesMax = 190 };
        do
        {
            var page = await chain.GetStatementAsync(Account, query, CancellationToken.None);
            found.AddRange(page!.Entries.Select(entry => (entry.Height.Value, entry.Time.Ms, Assert.Single(entry.Lines).PostedChange)));
            query = query with { Before = page.Next };
        }
        while (query.Before is not null);
        Assert.Equal(expected, found);
    }

    private static async Task DatesGiveTheirPart(ILedgerChain chain, List<(ulong Height, ulong TimeMs, long Amount)> all)
    {
        foreach (var (newest, oldest) in new[] { (0, 50), (500, 600), (1_020, 1_030), (1_500, 1_690), (Touches - 30, Touches - 1) })
        {
            var query = new StatementQuery { From = new Timestamp(all[oldest].TimeMs), Until = new Timestamp(all[newest].TimeMs + 1), EntriesMax = 200 };
            var page = await chain.GetStatementAsync(Account, query, CancellationToken.None);
            Assert.Equal(all[newest..(oldest + 1)].Select(entry => entry.Height), page!.Entries.Select(entry => entry.Height.Value));
            Assert.Null(page.Next);
        }
    }
}
