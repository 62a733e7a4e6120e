using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Bench;

/// <summary>
/// One run: set up the chain; measure the disk; sign; warm up; measure; measure the disk; stop; and check every account in what
/// is there after a restart.
/// </summary>
internal sealed class TransfersBench(BenchSettings settings, Streams streams, string? credential, Action<string> say)
{
    private readonly OwnerLayout _layout = new(settings.Accounts, settings.Keysets);
    private readonly TransferPlan _plan = new(new OwnerLayout(settings.Accounts, settings.Keysets), settings.TransfersPerTransaction, settings.Seed);

    public async Task<BenchReport> RunAsync(CancellationToken cancellation)
    {
        using var folder = settings.IsForeign ? null : new DataFolder(settings.DataFolder);
        using var ledger = new BenchLedger(ChainId.Parse(settings.IsForeign || settings.Store is not null ? $"bench-{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}" : "bench"), _layout, streams);
        var host = new BenchHost(settings, folder, credential);
        var load = await LoadAsync(host, ledger, cancellation);
        var invariants = await CheckAsync(host, ledger, load, cancellation);
        return new BenchReport(load.Header, load.Measured, invariants)
        {
            FirstTouch = ledger.FirstTouch,
            Accounts = settings.Accounts,
            BytesPerTransfer = load.Bytes is { } bytes ? bytes / (double)Math.Max(1, load.Transfers) : null,
            Refusals = load.Answers.Refusals,
            RanOut = load.RanOut,
            PeakMemoryBytes = load.PeakMemoryBytes,
        };
    }

    private async Task<Load> LoadAsync(BenchHost host, BenchLedger ledger, CancellationToken cancellation)
    {
        await using var target = await host.StartAsync(cancellation);
        var header = BenchHeader.Of(settings, target);
        foreach (var line in header.Lines)
        {
            say(line);
        }

        await ledger.CreateAsync(target, cancellation);
        var bytesBefore = await target.MeasureBytesAsync(cancellation);
        var transactions = await SignAsync(ledger);
        await target.OpenChainAsync(ledger.Chain, cancellation);
        var answers = new Acknowledgements(transactions.Count);
        var run = new LoadRun(target, transactions, answers, settings);
        var measured = await run.RunAsync(SaySecond, cancellation);
        var peak = target.PeakMemoryBytes;
        var bytes = await target.MeasureBytesAsync(cancellation) - bytesBefore;
        return new Load(header, measured, answers, transactions.Count, run.Transfers, run.RanOut, peak, bytes);
    }

    private async Task<PresignedTransfers> SignAsync(BenchLedger ledger)
    {
        var wanted = settings.PresignedMax;
        var transactions = new PresignedTransfers(ledger.Genesis.Hash, _plan, ledger.Owners);
        await ProgressDisplay.RunAsync(streams, $"signing {wanted} transactions", advance => transactions.SignAsync(wanted, settings.SigningMax, advance));
        var transfers = _plan.TransfersPerTransaction;
        say(FormattableString.Invariant($"signed     {transactions.Count:N0} transactions of {transfers:N0} {(transfers == 1 ? "transfer" : "transfers")}{(transactions.Count < wanted ? "; no more, since an expiry lies at most five minutes ahead" : "")}"));
        return transactions;
    }

    private async Task<InvariantFinding> CheckAsync(BenchHost host, BenchLedger ledger, Load load, CancellationToken cancellation)
    {
        await using var target = await host.StartForReadingAsync(cancellation);
        await target.OpenChainAsync(ledger.Chain, cancellation);
        return await ProgressDisplay.RunAsync(
            streams, "checking every account", advance => InvariantCheck.RunAsync(target, ledger, _plan, load.Answers, load.Transactions, advance, cancellation));
    }

    private void SaySecond(int second, long transfers, bool isMeasured) =>
        say(FormattableString.Invariant($"{second,4} s  {transfers,12:N0} transfers/s{(isMeasured ? "" : "  (warm-up)")}"));

    private sealed record Load(
        BenchHeader Header, Measurement Measured, Acknowledgements Answers, int Transactions, long Transfers, bool RanOut, long? PeakMemoryBytes, long? Bytes);
}
