using System.Diagnostics;
using System.Globalization;
using Actors.Cli;
using Actors.Cli.Client;
using Actors.Engine;
using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.Silo.Hosting;

namespace Actors.Silo.Bench;

/// <summary>
/// <c>bench idle</c>: makes many chains with many accounts that each were paid once, lets the silos let go of them after each tenth, and shows what they cost
/// from then on: activations, memory and processor time of the silos.
/// </summary>
internal sealed class IdleBench(ClusterConnection cluster, IdleOptions options, TextWriter output)
{
    private const int Rounds = 10;
    private const int MakingMax = 16;
    private static readonly TimeSpan CollectMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan JustUsed = TimeSpan.FromSeconds(1);
    private readonly IManagementGrain _management = cluster.Grains.GetGrain<IManagementGrain>(0);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await LetGoAsync(cancellation);
        await WatchAsync("before", cancellation);
        var watch = Stopwatch.StartNew();
        var run = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (var chains in Enumerable.Range(0, options.Chains).Chunk((options.Chains + Rounds - 1) / Rounds))
        {
            await Parallel.ForEachAsync(chains, new ParallelOptions { MaxDegreeOfParallelism = MakingMax, CancellationToken = cancellation }, async (i, stop) =>
                await MakeAsync(ChainId.Parse($"idle-{run}-{i}"), options.AccountsOf(i), stop));
            Say($"made       {chains[^1] + 1} chains in {watch.Elapsed.TotalSeconds:0} s, {await CountAsync()} of them in use, {Memory()}");
            await LetGoAsync(cancellation);
            await CollectAsync(cancellation);
            Say($"let go     {await CountAsync()} in use, {Memory()}");
        }

        await WatchAsync("after", cancellation);
    }

    /// <summary>The chain, its accounts, and what each is paid, in one transaction a bulk.</summary>
    private async Task MakeAsync(ChainId id, int accounts, CancellationToken cancellation)
    {
        using var key = SigningKey.Create();
        var chain = await TryAsync(() => CreateAsync(new ChainCreation(id, KeysetDefinition.Single(key.Public)), cancellation), cancellation);
        var opening = new TransactionBuilder(chain.Genesis.Hash);
        var asset = opening.Create(new CreateAsset(EntityReference.Numbered(1), 2, "IDLE"));
        var issuer = opening.Open(new OpenAccounts(EntityReference.Numbered(1), asset, 1, AccountLimits.NoFloor));
        var opened = opening.Open(new OpenAccounts(EntityReference.Numbered(1), asset, (ulong)accounts));
        var first = Math.Min(accounts, Limits.OperationsPerTransactionMax - 3);
        for (var i = 0; i < first; i++)
        {
            opening.Add(new Transfer(issuer(0), opened((ulong)i), 100));
        }

        await CommitAsync(chain, opening, key, cancellation);
        for (var paid = first; paid < accounts; paid += Limits.OperationsPerTransactionMax)
        {
            var bulk = new TransactionBuilder(chain.Genesis.Hash, TransactionKind.Bulk);
            for (var i = paid; i < Math.Min(accounts, paid + Limits.OperationsPerTransactionMax); i++)
            {
                bulk.Add(new Transfer(Account(1), Account(2 + (ulong)i), 100));
            }

            await CommitAsync(chain, bulk, key, cancellation);
        }
    }

    // Ids are this run's own: a chain that is there already was made by a try whose answer was lost.
    private async ValueTask<ILedgerChain> CreateAsync(ChainCreation creation, CancellationToken cancellation)
    {
        try
        {
            return await cluster.CreateChainAsync(creation, cancellation);
        }
        catch (ChainExistsException)
        {
            return await cluster.FindChainAsync(creation.ChainId, cancellation) ?? throw new CannotRunException($"chain {creation.ChainId} was made and is gone");
        }
    }

    private static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));

    private static async Task CommitAsync(ILedgerChain chain, TransactionBuilder builder, SigningKey key, CancellationToken cancellation)
    {
        var expiry = new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + (Limits.ValidityMsMax / 2));
        var envelope = builder.Sign(builder.Build(expiry), [key]);
        var result = await TryAsync(() => chain.SubmitAsync(envelope, cancellation), cancellation);
        if (result.Outcome is not (Outcome.Committed or Outcome.AlreadyCommitted))
        {
            throw new RefusedException(result.Outcome, $"while {chain.Genesis.ChainId} was set up: {result.Detail}");
        }
    }

    private static async Task<T> TryAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellation)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(LookEvery, cancellation))
        {
            try
            {
                return await call();
            }
            catch (EngineFaultException fault) when (fault.RetryAfter is not null && Stopwatch.GetElapsedTime(start) < CollectMax)
            {
                // The same bytes again.
            }
        }
    }

    /// <summary>As silos do by themselves when nobody has called for long enough, only sooner.</summary>
    private async Task LetGoAsync(CancellationToken cancellation)
    {
        for (var start = Stopwatch.GetTimestamp(); await CountAsync() > 0; await Task.Delay(LookEvery, cancellation))
        {
            if (Stopwatch.GetElapsedTime(start) > CollectMax)
            {
                throw new CannotRunException($"{await CountAsync()} chains are still in use after {CollectMax.TotalMinutes:0} minutes: somebody else uses this cluster");
            }

            await Task.Delay(JustUsed, cancellation);
            await _management.ForceActivationCollection(JustUsed, cancellation);
        }
    }

    private async Task WatchAsync(string when, CancellationToken cancellation)
    {
        await CollectAsync(cancellation);
        var (processor, start) = (options.Processes.Sum(ProcessorSeconds), Stopwatch.GetTimestamp());
        await Task.Delay(options.Watch, cancellation);
        var busy = (options.Processes.Sum(ProcessorSeconds) - processor) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Say($"{when,-10} {await CountAsync()} chains in use, {await _management.GetTotalActivationCount(cancellation)} activations in all");
        Say($"{when,-10} {Memory()}");
        if (options.Processes.Count > 0)
        {
            Say($"{when,-10} {busy * 100:0.0} % of a core in {options.Watch.TotalSeconds:0} s, these processes together");
        }
    }

    private async Task CollectAsync(CancellationToken cancellation)
    {
        await _management.ForceGarbageCollection(null!, cancellation);
        await Task.Delay(LookEvery, cancellation);
    }

    private string Memory() => $"memory {string.Join(", ", options.Processes.Select(id =>
    {
        using var process = Process.GetProcessById(id);
        return string.Create(CultureInfo.InvariantCulture, $"{process.WorkingSet64 / (double)(1 << 20):0} MiB");
    }))}";

    private async Task<int> CountAsync() =>
        (await _management.GetSimpleGrainStatistics()).Where(grain => grain.GrainType.Contains("ChainGrain", StringComparison.Ordinal)).Sum(grain => grain.ActivationCount);

    private static double ProcessorSeconds(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime.TotalSeconds;
    }

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
