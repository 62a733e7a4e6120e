using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Bench;

/// <summary>
/// One run: set up the chain; stop and start the target, so that the disk is measured at rest and a restart is part of every
/// run; sign; warm up; measure; stop; and check every account in what is there after another start.
/// </summary>
internal sealed class TransfersBench(BenchSettings settings, Streams streams, string? credential, Action<string> say)
{
    private readonly OwnerLayout _layout = new(settings.Accounts, settings.Keysets);
    private readonly TransferPlan _plan = new(new OwnerLayout(settings.Accounts, settings.Keysets), settings.TransfersPerTransaction, settings.Seed);

    public async Task<BenchReport> RunAsync(CancellationToken cancellation)
    {
        using var folder = settings.Node is null ? new DataFolder(settings.DataFolder) : null;
        using var ledger = new BenchLedger(settings.Node is null ? ChainId.Parse("bench") : ChainId.Parse($"bench-{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}"), _layout, streams);
        var host = new BenchHost(settings, folder, credential);
        var header = await SetUpAsync(host, ledger, cancellation);
        var bytesBefore = folder?.Bytes;
        var load = await LoadAsync(host, ledger, cancellation);
        var bytesAfter = folder?.Bytes;
        var invariants = await CheckAsync(host, ledger, load, cancellation);
        return new BenchReport(header, load.Measured, invariants)
        {
            FirstTouch = ledger.FirstTouch,
            Accounts = settings.Accounts,
            BytesPerTransfer = bytesAfter - bytesBefore is { } bytes ? bytes / (double)Math.Max(1, load.Transfers) : null,
            Refusals = load.Answers.Refusals,
            RanOut = load.RanOut,
            PeakMemoryBytes = load.PeakMemoryBytes,
        };
    }

    private async Task<BenchHeader> SetUpAsync(BenchHost host, BenchLedger ledger, CancellationToken cancellation)
    {
        await using var target = await host.StartAsync(cancellation);
        var header = BenchHeader.Of(settings, target);
        foreach (var line in header.Lines)
        {
            say(line);
        }

        await ledger.CreateAsync(target, cancellation);
        return header;
    }

    private async Task<Load> LoadAsync(BenchHost host, BenchLedger ledger, CancellationToken cancellation)
    {
        await using var target = await host.StartAsync(cancellation);
        await target.OpenChainAsync(ledger.Chain, cancellation);
        var transactions = new PresignedTransfers(ledger.Genesis.Hash, _plan, ledger.Owners);
        await ProgressDisplay.RunAsync(streams, $"signing {settings.PresignedMax} transactions", advance => transactions.SignAsync(settings.PresignedMax, settings.SigningMax, advance));
        say(FormattableString.Invariant($"signed     {transactions.Count:N0} transactions of {_plan.TransfersPerTransaction:N0} {(_plan.TransfersPerTransaction == 1 ? "transfer" : "transfers")}{(transactions.Count < settings.PresignedMax ? "; no more, since an expiry lies at most five minutes ahead" : "")}"));
        var answers = new Acknowledgements(transactions.Count);
        var run = new LoadRun(target, transactions, answers, settings);
        var measured = await run.RunAsync(SaySecond, cancellation);
        return new Load(measured, answers, transactions.Count, run.Transfers, run.RanOut, target.PeakMemoryBytes);
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

    private sealed record Load(Measurement Measured, Acknowledgements Answers, int Transactions, long Transfers, bool RanOut, long? PeakMemoryBytes);
}
