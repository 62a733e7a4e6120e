using Actors.Ledger;

namespace Actors.Cli.Bench.Channels;

/// <summary>A message of the run: accounts by their place among a chain's, from 0.</summary>
internal readonly record struct PlannedSend(int Debit, int Recipient, long Amount);

/// <summary>What bulk i over a pair's channel sends, as a function of i alone: uniform accounts on both chains.</summary>
internal sealed class PairPlan(int accounts, int sendsPerBulk, ulong seed)
{
    private const long AmountMax = 1_000;

    public int Accounts => accounts;

    public int SendsPerBulk => sendsPerBulk;

    public void Fill(int bulk, Span<PlannedSend> sends)
    {
        var random = new SplitMix(seed ^ ((ulong)bulk * 0xD1342543DE82EF95));
        for (var i = 0; i < sends.Length; i++)
        {
            sends[i] = new PlannedSend((int)random.Below(accounts), (int)random.Below(accounts), 1 + ((bulk + i) % AmountMax));
        }
    }

    /// <summary>On both chains the accounts of a run come right after those that the set-up opened.</summary>
    public static AccountNumber NumberOf(AccountNumber first, int place) => new(first.Value + (ulong)place);
}
