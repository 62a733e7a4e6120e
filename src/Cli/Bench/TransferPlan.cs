namespace Actors.Cli.Bench;

/// <summary>A transfer of the run, between places of the <see cref="OwnerLayout"/>.</summary>
internal readonly record struct PlannedTransfer(int Debit, int Credit, long Amount);

/// <summary>
/// What transaction i of a run moves, as a function of i alone: the run encodes it before the measurement, and the check after
/// it works out again what every account must hold. The owner that signs is uniform; the debited accounts are uniform among
/// that owner's (one signature a transaction), the credited ones uniform among all.
/// </summary>
internal sealed class TransferPlan(OwnerLayout layout, int transfersPerTransaction, ulong seed)
{
    public const long AmountMax = 1_000;

    public int TransfersPerTransaction { get; } = transfersPerTransaction;

    /// <summary>Fills <paramref name="transfers"/>, of length <see cref="TransfersPerTransaction"/>, and gives the keyset that signs.</summary>
    public int Fill(int transaction, Span<PlannedTransfer> transfers)
    {
        var random = Stream(transaction);
        var keyset = (int)random.Below(layout.Keysets);
        var (start, count) = (layout.Start(keyset), layout.Count(keyset));
        for (var i = 0; i < transfers.Length; i++)
        {
            var debit = start + (int)random.Below(count);
            var credit = (int)random.Below(layout.Accounts - 1);
            transfers[i] = new PlannedTransfer(debit, credit < debit ? credit : credit + 1, AmountOf(transaction, i));
        }

        return keyset;
    }

    // With the expiry, which steps once in AmountMax transactions, the first amount makes every transaction id different.
    private static long AmountOf(int transaction, int transfer) => 1 + ((transaction + transfer) % AmountMax);

    private SplitMix Stream(int transaction) => new(seed ^ ((ulong)transaction * 0xD1342543DE82EF95));
}
