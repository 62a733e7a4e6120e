using Actors.Cli.Bench;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Tests.Bench;

public sealed class TransferPlanTests
{
    [Theory]
    [InlineData(10, 3)]
    [InlineData(1_000_000, 7)]
    [InlineData(5, 5)]
    public void Owners_share_all_accounts_evenly(int accounts, int keysets)
    {
        var layout = new OwnerLayout(accounts, keysets);
        var counts = Enumerable.Range(0, keysets).Select(layout.Count).ToArray();
        Assert.Equal(accounts, counts.Sum());
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        Assert.Equal(0, layout.Start(0));
    }

    [Fact]
    public void A_transaction_debits_accounts_of_one_owner_and_never_the_one_it_credits()
    {
        var layout = new OwnerLayout(100, 10);
        var plan = new TransferPlan(layout, 50, seed: 1);
        var transfers = new PlannedTransfer[50];
        for (var i = 0; i < 200; i++)
        {
            var keyset = plan.Fill(i, transfers);
            Assert.All(transfers, transfer =>
            {
                Assert.InRange(transfer.Debit, layout.Start(keyset), layout.Start(keyset + 1) - 1);
                Assert.InRange(transfer.Credit, 0, 99);
                Assert.NotEqual(transfer.Debit, transfer.Credit);
                Assert.InRange(transfer.Amount, 1, TransferPlan.AmountMax);
            });
        }
    }

    [Fact]
    public void Every_account_is_debited_and_credited_about_as_often()
    {
        var plan = new TransferPlan(new OwnerLayout(20, 4), 1, seed: 2);
        var (debits, credits) = (new int[20], new int[20]);
        var transfers = new PlannedTransfer[1];
        for (var i = 0; i < 20_000; i++)
        {
            plan.Fill(i, transfers);
            debits[transfers[0].Debit]++;
            credits[transfers[0].Credit]++;
        }

        Assert.All(debits.Concat(credits), count => Assert.InRange(count, 800, 1_200));
    }

    [Fact]
    public async Task Signed_transactions_are_those_of_the_plan_and_no_two_are_the_same()
    {
        var genesis = new Hash256(new byte[32]);
        SigningKey[] keys = [SigningKey.Create(), SigningKey.Create()];
        var plan = new TransferPlan(new OwnerLayout(2, 2), 1, seed: 3);
        var signed = new PresignedTransfers(genesis, plan, keys);
        await signed.SignAsync(3_000, TimeSpan.FromMinutes(1), new Advance());
        Assert.Equal(3_000, signed.Count);
        var envelopes = Enumerable.Range(0, signed.Count).Select(i => Envelope.Parse(signed[i], genesis)).ToArray();
        Assert.Equal(3_000, envelopes.Select(envelope => envelope.Transaction.Id).Distinct().Count());
        var one = envelopes[1_234];
        var signer = Assert.Single(one.Signers);
        Assert.Equal(keys[plan.Fill(1_234, new PlannedTransfer[1])].Public, signer.Key);
        Assert.True(Es256.Verify(signer.Key, one.Transaction.SignedMessage.Span, signer.Signature));
    }

    [Fact]
    public async Task Signing_ends_when_its_time_is_over()
    {
        using var key = SigningKey.Create();
        var signed = new PresignedTransfers(new Hash256(new byte[32]), new TransferPlan(new OwnerLayout(2, 1), 1, seed: 4), [key]);
        await signed.SignAsync(1_000_000, TimeSpan.Zero, new Advance());
        Assert.Equal(0, signed.Count);
    }
}
