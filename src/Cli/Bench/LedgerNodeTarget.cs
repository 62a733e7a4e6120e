using System.Diagnostics;
using Actors.Engine;
using Actors.Engine.Faults;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Bench;

/// <summary>What a gateway serves, without HTTP: the engine in this process over an embedded store, or another node that the program can reach.</summary>
internal sealed class LedgerNodeTarget(ILedgerNode node, string description, string? backup, bool ownsNode = true) : IBenchTarget
{
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(20);
    private ILedgerChain? _chain;

    public string Description => description;

    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }

    public long? PeakMemoryBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>The engine in this process, over a data folder or a database; what it takes of a database cannot be told, since chains share its tables.</summary>
    public static LedgerNodeTarget InProcess(string dataFolder, string? store = null) => new(
        LedgerNode.Open(new LedgerNodeOptions { DataFolder = dataFolder, Store = store }),
        $"engine in this process, {Describe(store)}",
        store is null ? Path.Combine(dataFolder, "measured-backup") : null);

    /// <summary>Where a run keeps its chains, and what is durable when it answers.</summary>
    public static string Describe(string? store) => store is null ? "SQLite (WAL, synchronous FULL)" : $"{PostgresNodeStore.NameOf(store)} (synchronous_commit on)";

    private ILedgerChain Chain => _chain ?? throw new InvalidOperationException("no chain was created or opened yet");

    public async Task<Genesis> CreateChainAsync(ChainId id, KeysetDefinition operatorKeyset, CancellationToken cancellation)
    {
        _chain = await node.CreateChainAsync(new ChainCreation(id, operatorKeyset), cancellation);
        return _chain.Genesis;
    }

    public IBenchTarget Beside() => new LedgerNodeTarget(node, description, backup, ownsNode: false);

    public async Task OpenChainAsync(ChainId id, CancellationToken cancellation) =>
        _chain = await node.FindChainAsync(id, cancellation) ?? throw new CannotRunException($"there is no chain {id}");

    public async ValueTask<Acknowledgement> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return Acknowledge(await Chain.SubmitAsync(envelope, cancellation));
            }
            catch (EngineFaultException fault) when (fault.RetryAfter is not null)
            {
                await Task.Delay(PauseWhenFull, cancellation);
            }
        }
    }

    public async Task<ulong> CountAccountsAsync(CancellationToken cancellation) => (await Chain.GetStatusAsync(false, cancellation)).Accounts;

    public async Task<long?> MeasureBytesAsync(CancellationToken cancellation)
    {
        if (backup is null)
        {
            return null;
        }

        await Chain.BackupAsync(backup, cancellation);
        return DataFolder.Measure(backup);
    }

    public async ValueTask<long> ReadPostedAsync(AccountNumber account, CancellationToken cancellation) =>
        (await Chain.GetAccountAsync(account, false, cancellation))?.Posted ?? throw new CannotRunException($"account {account} is not there");

    public ValueTask DisposeAsync() => ownsNode && node is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    private static Acknowledgement Acknowledge(SubmissionResult result)
    {
        if (result.Recorded is not { } recorded)
        {
            return new Acknowledgement(result.Outcome, null, result.Detail);
        }

        var refused = recorded.Effect.Operations.Where(operation => operation.Outcome != Outcome.Committed).Select(operation => operation.Operation).ToArray();
        return new Acknowledgement(recorded.Effect.Outcome, refused.Length == 0 ? null : refused, result.Detail);
    }
}
