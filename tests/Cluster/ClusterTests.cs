using Actors.ClusterTests.Programs;
using Actors.Ledger;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests;

[Collection(ClusterCollection.Name)]
public sealed class ClusterTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_one_gateway_commits_every_gateway_shows()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "shown", payers: 2, accountsEach: 1);
        var payer = book.Payers[0];
        var sent = payer.Write(TransactionKind.Atomic, payer.Pay(new Random(1)));
        var answer = (await cluster.Silos[1].Client(Patience).SubmitAsync(book.Chain, sent.Envelope, default)).Value;

        foreach (var silo in cluster.Silos)
        {
            var found = (await silo.Client(Patience).FindTransactionAsync(book.Chain, sent.Id, default)).Value;
            Assert.Equal((answer.Outcome, answer.Height, answer.Index), (found.Outcome, found.Height, found.Index));
            Assert.Contains("shown", await silo.Client(Patience).ListChainsAsync(default));
        }
    }

    [Fact]
    public async Task The_same_bytes_through_all_gateways_at_once_have_one_effect()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "once", payers: 4, accountsEach: 1);
        var random = new Random(7);
        foreach (var payer in book.Payers)
        {
            var sent = payer.Write(TransactionKind.Atomic, payer.Pay(random));
            var answers = await Task.WhenAll(cluster.Silos.SelectMany(silo => Enumerable.Repeat(silo, 4))
                .Select(async silo => (await silo.Client(Patience).SubmitAsync(book.Chain, sent.Envelope, default)).Value));

            Assert.Single(answers, answer => !answer.AlreadyCommitted);
            Assert.Single(answers.Select(answer => (answer.Height, answer.Index)).Distinct());
            sent.Acknowledge(answers.Single(answer => !answer.AlreadyCommitted));
        }

        await Load.CheckAsync(book, cluster.Silos[2]);
    }

    [Fact]
    public async Task Chains_are_spread_and_each_has_one_place()
    {
        await cluster.EnsureSilosAsync(3);
        var client = cluster.Silos[0].Client(Patience);
        foreach (var i in Enumerable.Range(0, 12))
        {
            using var book = await Book.OpenAsync(client, $"spread-{i}", payers: 1, accountsEach: 1);
            Assert.Single(cluster.Silos, silo => silo.Serves($"spread-{i}"));
        }

        Assert.True(cluster.Silos.Count(silo => Enumerable.Range(0, 12).Any(i => silo.Serves($"spread-{i}"))) > 1, "expected chains on more than one silo");
    }

    [Fact]
    public async Task A_chain_that_exists_is_not_made_again_through_another_gateway()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "made", payers: 1, accountsEach: 1);
        using var other = new Book(ChainId.Parse("made"));
        var problem = await Assert.ThrowsAsync<Cli.Client.NodeProblemException>(() => cluster.Silos[1].Client(TimeSpan.Zero).CreateChainAsync(other.Creation, default));
        Assert.Equal("chain-exists", problem.Type);
    }
}
