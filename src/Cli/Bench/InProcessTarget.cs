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

/// <summary>The engine in this process, over an embedded store in a data folder: what a gateway hosts, without HTTP.</summary>
internal sealed class InProcessTarget : IBenchTarget
{
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(20);
    private readonly LedgerNode _node;
    private ILedgerChain? _chain;

    private readonly string _backup;
    private readonly bool _isEmbedded;

    public InProcessTarget(string dataFolder, string? store = null)
    {
        Description = $"engine in this process, {(store is null ? "SQLite (WAL, synchronous FULL)" : $"{PostgresNodeStore.NameOf(store)} (synchronous_commit on)")}";
        _isEmbedded = store is null;
        _backup = Path.Combine(dataFolder, "measured-backup");
        _node = LedgerNode.Open(new LedgerNodeOptions { DataFolder = dataFolder, Store = store });
    }

    public string Description { get; }

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

    private ILedgerChain Chain => _chain ?? throw new InvalidOperationException("no chain was created or opened yet");

    public async Task<Genesis> CreateChainAsync(ChainId id, KeysetDefinition operatorKeyset, CancellationToken cancellation)
    {
        _chain = await _node.CreateChainAsync(new ChainCreation(id, operatorKeyset), cancellation);
        return _chain.Genesis;
    }

    public async Task OpenChainAsync(ChainId id, CancellationToken cancellation) =>
        _chain = await _node.FindChainAsync(id, cancellation) ?? throw new CannotRunException($"the data folder has no chain {id}");

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
        if (!_isEmbedded)
        {
            return null; // chains share the tables of a database
        }

        await Chain.BackupAsync(_backup, cancellation);
        return DataFolder.Measure(_backup);
    }

    public async ValueTask<long> ReadPostedAsync(AccountNumber account, CancellationToken cancellation) =>
        (await Chain.GetAccountAsync(account, false, cancellation))?.Posted ?? throw new CannotRunException($"account {account} is not there");

    public ValueTask DisposeAsync() => _node.DisposeAsync();

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
