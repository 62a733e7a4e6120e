namespace Actors.Cli.Bench;

/// <summary>One chain's part of a run: its transactions, signed before, where they go, and what became of them.</summary>
internal sealed record ChainLoad(IBenchTarget Target, BenchLedger Ledger, PresignedTransfers Transactions)
{
    public Acknowledgements Answers { get; } = new(Transactions.Count);
}
