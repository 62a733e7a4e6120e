using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Bench;

/// <summary>
/// One run: set up the chain; measure the disk; sign; warm up; measure; measure the disk; stop; and check every account in what
/// is there after a restart.
/// </summary>
internal sealed class TransfersBench(BenchSettings settings, Streams streams, string? credential, Action<string> say)
{
    private readonly OwnerLayout _layout = new(settings.AccountsPerChain, settings.KeysetsPerChain);
    private readonly TransferPlan _plan = new(new OwnerLayout(settings.AccountsPerChain, settings.KeysetsPerChain), settings.TransfersPerTransaction, settings.Seed);
    private readonly long _startedAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public async Task<BenchReport> RunAsync(CancellationToken cancellation)
    {
        using var folder = settings.IsForeign ? null : new DataFolder(settings.DataFolder);
        BenchLedger[] ledgers = [.. Enumerable.Range(0, settings.Chains).Select(chain => new BenchLedger(NameOf(chain), _layout, streams))];
        try
        {
            var host = new BenchHost(settings, folder, credential);
            var load = await LoadAsync(host, ledgers, cancellation);
            var invariants = await CheckAsync(host, load, cancellation);
            return new BenchReport(load.Header, load.Measured, invariants)
            {
                FirstTouch = TimeSpan.FromTicks(ledgers.Sum(ledger => ledger.FirstTouch.Ticks)),
                Accounts = _layout.Accounts * settings.Chains,
                Chains = settings.Chains,
                BytesPerTransfer = load.Bytes is { } bytes ? bytes / (double)Math.Max(1, load.Transfers) : null,
                Refusals = load.Chains.SelectMany(chain => chain.Answers.Refusals).GroupBy(refusal => refusal.Key).ToDictionary(refusals => refusals.Key, refusals => refusals.Sum(refusal => refusal.Value)),
                RanOut = load.RanOut,
                PeakMemoryBytes = load.PeakMemoryBytes,
            };
        }
        finally
        {
            Array.ForEach(ledgers, ledger => ledger.Dispose());
        }
    }

    private ChainId NameOf(int chain)
    {
        var name = settings.IsForeign || settings.Store is not null ? $"bench-{_startedAt}" : "bench";
        return ChainId.Parse(settings.Chains == 1 ? name : $"{name}-{chain + 1}");
    }

    private async Task<Load> LoadAsync(BenchHost host, BenchLedger[] ledgers, CancellationToken cancellation)
    {
        await using var target = await host.StartAsync(cancellation);
        var header = BenchHeader.Of(settings, target);
        foreach (var line in header.Lines)
        {
            say(line);
        }

        IBenchTarget[] targets = [target, .. ledgers.Skip(1).Select(_ => target.Beside())];
        try
        {
            foreach (var (each, ledger) in targets.Zip(ledgers))
            {
                await ledger.CreateAsync(each, cancellation);
            }

            var bytesBefore = await MeasureBytesAsync(targets, cancellation);
            var chains = await SignAsync(targets, ledgers);
            foreach (var chain in chains)
            {
                await chain.Target.OpenChainAsync(chain.Ledger.Chain, cancellation);
            }

            var run = new LoadRun(target, chains, settings);
            var measured = await run.RunAsync(SaySecond, cancellation);
            var peak = target.PeakMemoryBytes;
            var bytes = await MeasureBytesAsync(targets, cancellation) - bytesBefore;
            return new Load(header, measured, chains, run.Transfers, run.RanOut, peak, bytes);
        }
        finally
        {
            foreach (var beside in targets.Skip(1))
            {
                await beside.DisposeAsync();
            }
        }
    }

    private static async Task<long?> MeasureBytesAsync(IBenchTarget[] targets, CancellationToken cancellation)
    {
        long? sum = 0;
        foreach (var target in targets)
        {
            sum += await target.MeasureBytesAsync(cancellation);
        }

        return sum;
    }

    private async Task<ChainLoad[]> SignAsync(IBenchTarget[] targets, BenchLedger[] ledgers)
    {
        var wanted = settings.PresignedMax;
        var (chains, signed) = (new ChainLoad[ledgers.Length], 0L);
        for (var i = 0; i < chains.Length; i++)
        {
            var transactions = new PresignedTransfers(ledgers[i].Genesis.Hash, _plan, ledgers[i].Owners);
            await ProgressDisplay.RunAsync(
                streams, $"signing {wanted} transactions for {ledgers[i].Chain}", advance => transactions.SignAsync(wanted, settings.SigningMax / chains.Length, advance));
            chains[i] = new ChainLoad(targets[i], ledgers[i], transactions);
            signed += transactions.Count;
        }

        var transfers = _plan.TransfersPerTransaction;
        say(FormattableString.Invariant($"signed     {signed:N0} transactions of {transfers:N0} {(transfers == 1 ? "transfer" : "transfers")}{(signed < (long)wanted * chains.Length ? "; no more, since an expiry lies at most five minutes ahead" : "")}"));
        return chains;
    }

    private async Task<InvariantFinding> CheckAsync(BenchHost host, Load load, CancellationToken cancellation)
    {
        await using var target = await host.StartForReadingAsync(cancellation);
        var found = new InvariantFinding(0, 0, null, 0);
        foreach (var chain in load.Chains)
        {
            await target.OpenChainAsync(chain.Ledger.Chain, cancellation);
            found += await ProgressDisplay.RunAsync(
                streams, $"checking every account of {chain.Ledger.Chain}", advance => InvariantCheck.RunAsync(target, chain.Ledger, _plan, chain.Answers, chain.Transactions.Count, advance, cancellation));
        }

        return found;
    }

    private void SaySecond(int second, long transfers, bool isMeasured) =>
        say(FormattableString.Invariant($"{second,4} s  {transfers,12:N0} transfers/s{(isMeasured ? "" : "  (warm-up)")}"));

    private sealed record Load(BenchHeader Header, Measurement Measured, ChainLoad[] Chains, long Transfers, bool RanOut, long? PeakMemoryBytes, long? Bytes);
}
