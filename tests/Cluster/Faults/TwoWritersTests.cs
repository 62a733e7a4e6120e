using Actors.ClusterTests.Programs;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests.Faults;

/// <summary>
/// Two clusters over one database know nothing of each other, so each activates the chain: a split cluster, forced. Only the store's fence is left to keep one
/// history.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class TwoWritersTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Two_activations_of_one_chain_take_turns_and_write_one_history()
    {
        await cluster.EnsureSilosAsync(3);
        using var stranger = await cluster.Launch("both", "strangers").ListensAsync();
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "split", payers: 4, accountsEach: 1);
        var random = new Random(3);
        for (var round = 0; round < 4; round++)
        {
            foreach (var side in new[] { cluster.Silos[0], stranger })
            {
                var sent = book.Payers[round].Write(TransactionKind.Atomic, book.Payers[round].Pay(random));
                sent.Acknowledge((await side.Client(Patience).SubmitAsync(book.Chain, sent.Envelope, default)).Value);
            }
        }

        Assert.Contains("Chain split is served here no more", stranger.Said);
        Assert.Contains(cluster.Silos, silo => silo.Said.Contains("Chain split is served here no more", StringComparison.Ordinal));
        await Load.CheckAsync(book, stranger);
        await Load.CheckAsync(book, cluster.Silos[1]);
    }
}
