using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Bench;

/// <summary>What the accounts hold after a run, against what was acknowledged.</summary>
/// <param name="PostedSum">Over all accounts; 0 when no money was made or lost.</param>
/// <param name="Mismatches">Accounts that do not hold what the acknowledged transfers leave them with.</param>
/// <param name="FirstMismatch">In a sentence; null when there is none.</param>
/// <param name="Moved">The sum of all acknowledged transfers, in minor units.</param>
internal sealed record InvariantFinding(Int128 PostedSum, long Mismatches, string? FirstMismatch, Int128 Moved)
{
    public bool Holds => PostedSum == 0 && Mismatches == 0;

    /// <summary>Of two chains: each sums to zero by itself, so a sum that does not is a mismatch.</summary>
    public static InvariantFinding operator +(InvariantFinding one, InvariantFinding other) =>
        new(one.PostedSum == 0 ? other.PostedSum : one.PostedSum, one.Mismatches + other.Mismatches, one.FirstMismatch ?? other.FirstMismatch, one.Moved + other.Moved);
}

/// <summary>
/// Works out from the plan and the answers what every single account must hold, and reads every single one: a transfer that was
/// acknowledged and lost, done twice, or done and not acknowledged shows in two accounts at least.
/// </summary>
internal static class InvariantCheck
{
    public static async Task<InvariantFinding> RunAsync(IBenchTarget target, BenchLedger ledger, TransferPlan plan, Acknowledgements answers, int transactions, Advance advance, CancellationToken cancellation)
    {
        var expected = new long[ledger.Layout.Accounts];
        Array.Fill(expected, ledger.Funded);
        var moved = Apply(expected, plan, answers, transactions);
        advance.Total = expected.Length + 1;
        var issuer = new AccountNumber(1);
        var sum = (Int128)await target.ReadPostedAsync(issuer, cancellation);
        var finding = new Mismatches();
        finding.Compare(issuer, -(Int128)ledger.Funded * expected.Length, (long)sum);
        for (var place = 0; place < expected.Length; place++)
        {
            var posted = await target.ReadPostedAsync(OwnerLayout.NumberOf(place), cancellation);
            sum += posted;
            finding.Compare(OwnerLayout.NumberOf(place), expected[place], posted);
            advance.Add(1);
        }

        return new InvariantFinding(sum, finding.Count, finding.First, moved);
    }

    private static Int128 Apply(long[] expected, TransferPlan plan, Acknowledgements answers, int transactions)
    {
        var moved = Int128.Zero;
        var transfers = new PlannedTransfer[plan.TransfersPerTransaction];
        for (var i = 0; i < transactions; i++)
        {
            if (!answers.IsCommitted(i))
            {
                continue;
            }

            plan.Fill(i, transfers);
            foreach (var refused in answers.RefusedOperations(i))
            {
                transfers[refused] = transfers[refused] with { Amount = 0 };
            }

            foreach (var transfer in transfers)
            {
                expected[transfer.Debit] -= transfer.Amount;
                expected[transfer.Credit] += transfer.Amount;
                moved += transfer.Amount;
            }
        }

        return moved;
    }

    private sealed class Mismatches
    {
        public long Count { get; private set; }

        public string? First { get; private set; }

        public void Compare(AccountNumber account, Int128 expected, long found)
        {
            if (found != expected)
            {
                Count++;
                First ??= $"account {account} holds {found}, expected {expected}";
            }
        }
    }
}
