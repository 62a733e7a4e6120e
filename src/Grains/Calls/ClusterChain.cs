using Actors.Engine;
using Actors.Engine.Faults;
using Actors.Engine.Relays;
using Actors.Engine.Views;
using Actors.Grains.Chains;
using Actors.Grains.Channels;
using Actors.Grains.Submissions;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Grains.Calls;

/// <summary>One chain of a cluster. Submissions go in batches through the intake workers; everything else is a call to the chain's grain.</summary>
internal sealed class ClusterChain : ILedgerChain, IWaitingRelayEnd
{
    /// <summary>A chain that moves to another silo turns calls away for a moment; sending the same bytes again is always safe.</summary>
    private static readonly TimeSpan[] RetryAfter = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(2)];

    private readonly IChainGrain _grain;
    private readonly IIntakeGrain _intake;
    private readonly SubmissionBatcher _batcher;
    private readonly GrainRelayEnd _relay;

    public ClusterChain(Genesis genesis, IChainGrain grain, IRelayGrain relay, IIntakeGrain intake)
    {
        _relay = new GrainRelayEnd(genesis, grain, relay);
        Genesis = genesis;
        _grain = grain;
        _intake = intake;
        Channels = new ClusterChannels(this);
        _batcher = new SubmissionBatcher(batch => _intake.SubmitAsync(Genesis.ChainId.Value, batch));
    }

    public Genesis Genesis { get; }

    public IChannelReads Channels { get; }

    public async ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await _batcher.SubmitAsync(envelope).WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (UnreachableException) when (attempt < RetryAfter.Length)
            {
                await Task.Delay(RetryAfter[attempt], cancellation).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask<TransactionLookup> FindTransactionAsync(TransactionId id, CancellationToken cancellation) =>
        SubmissionWire.Lookup(await CallAsync(grain => grain.FindTransactionAsync(id.Value.ToArray()), cancellation).ConfigureAwait(false));

    public async ValueTask<byte[]?> GetReceiptAsync(TransactionId id, int? operation, CancellationToken cancellation) =>
        await CallAsync(grain => grain.GetReceiptAsync(id.Value.ToArray(), operation), cancellation).ConfigureAwait(false);

    public async ValueTask<ChainStatus> GetStatusAsync(bool current, CancellationToken cancellation) =>
        RecordWire.Status(await CallAsync(grain => grain.GetHeadAsync(current), cancellation).ConfigureAwait(false));

    public async ValueTask<AccountView?> GetAccountAsync(AccountNumber number, bool current, CancellationToken cancellation) =>
        await CallAsync(grain => grain.GetAccountAsync(number.Value, current), cancellation).ConfigureAwait(false) is { } state ? RecordWire.View(state) : null;

    public async ValueTask<AccountNumber?> FindAliasAsync(KeysetNumber owner, string alias, CancellationToken cancellation) =>
        await CallAsync(grain => grain.FindAliasAsync(owner.Value, alias), cancellation).ConfigureAwait(false) is { } number ? new AccountNumber(number) : null;

    public async ValueTask<KeysetView?> GetKeysetAsync(KeysetNumber number, bool current, CancellationToken cancellation) =>
        await CallAsync(grain => grain.GetKeysetAsync(number.Value, current), cancellation).ConfigureAwait(false) is { } state ? RecordWire.View(state) : null;

    public async ValueTask<AssetView?> GetAssetAsync(AssetNumber number, bool current, CancellationToken cancellation) =>
        await CallAsync(grain => grain.GetAssetAsync(number.Value, current), cancellation).ConfigureAwait(false) is { } state ? RecordWire.View(state) : null;

    public async ValueTask<PendingView?> GetPendingAsync(PendingNumber number, bool current, CancellationToken cancellation) =>
        await CallAsync(grain => grain.GetPendingAsync(number.Value, current), cancellation).ConfigureAwait(false) is { } answer ? RecordWire.View(answer) : null;

    public async ValueTask<byte[]> ProveAccountAsync(AccountNumber number, CancellationToken cancellation) =>
        await CallAsync(grain => grain.ProveAccountAsync(number.Value), cancellation).ConfigureAwait(false);

    public async ValueTask<StatementPage?> GetStatementAsync(AccountNumber number, StatementQuery query, CancellationToken cancellation) =>
        await CallAsync(grain => grain.GetStatementAsync(number.Value, StatementWire.Request(query)), cancellation).ConfigureAwait(false) is { } answer ? StatementWire.Page(answer) : null;

    public async ValueTask<byte[]?> GetStatementFileAsync(AccountNumber number, StatementQuery query, CancellationToken cancellation) =>
        await CallAsync(grain => grain.GetStatementFileAsync(number.Value, StatementWire.Request(query)), cancellation).ConfigureAwait(false);

    public async ValueTask<ReadOnlyMemory<byte>?> GetBlockAsync(Height height, CancellationToken cancellation)
    {
        if (await CallAsync(grain => grain.GetBlockAsync(height.Value, 0), cancellation).ConfigureAwait(false) is not { } part)
        {
            return null;
        }

        var block = new byte[part.Total];
        for (var read = 0; ;)
        {
            part.Bytes.CopyTo(block, read);
            read += part.Bytes.Length;
            if (read == block.Length)
            {
                return block;
            }

            var offset = read;
            part = await CallAsync(grain => grain.GetBlockAsync(height.Value, offset), cancellation).ConfigureAwait(false)
                ?? throw new UnreachableException($"the chain's silo knew block {height}, and now does not");
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> GetSignedHeaderAsync(Height height, CancellationToken cancellation) =>
        await CallAsync(grain => grain.GetSignedHeaderAsync(height.Value), cancellation).ConfigureAwait(false) is { } bytes
            ? new ReadOnlyMemory<byte>(bytes)
            : default(ReadOnlyMemory<byte>?); // null alone would become an empty memory

    public async ValueTask<HistoryProof?> ProveHistoryAsync(Height height, Height size, CancellationToken cancellation) =>
        await CallAsync(grain => grain.ProveHistoryAsync(height.Value, size.Value), cancellation).ConfigureAwait(false) is { } answer ? RecordWire.Proof(height, size, answer) : null;

    public async ValueTask<Height> WaitForBlockAsync(Height after, CancellationToken cancellation)
    {
        while (true)
        {
            var height = new Height(await CallAsync(grain => grain.WaitForBlockAsync(after.Value), cancellation).ConfigureAwait(false));
            if (height > after)
            {
                return height;
            }
        }
    }

    public async ValueTask<PublicKey> PrepareSealingKeyAsync(CancellationToken cancellation) =>
        new(await CallAsync(grain => grain.PrepareSealingKeyAsync(), cancellation).ConfigureAwait(false));

    public ValueTask<RelayPosition?> GetRelayPositionAsync(uint channel, CancellationToken cancellation) => _relay.GetRelayPositionAsync(channel, cancellation);

    public ValueTask<RelayBatch?> ExportAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) => _relay.ExportAsync(channel, cursor, cancellation);

    public ValueTask<RelayBatch?> AwaitExportAsync(uint channel, RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) =>
        _relay.AwaitExportAsync(channel, cursor, waitMax, cancellation);

    public ValueTask<RelayBatch?> ExportPositionAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) =>
        _relay.ExportPositionAsync(channel, cursor, cancellation);

    public ValueTask<TimedOutPackets?> GetTimedOutAsync(uint channel, CancellationToken cancellation) => _relay.GetTimedOutAsync(channel, cancellation);

    public ValueTask<TimedOutPackets?> AwaitTimedOutAsync(uint channel, TimeSpan waitMax, CancellationToken cancellation) =>
        _relay.AwaitTimedOutAsync(channel, waitMax, cancellation);

    public ValueTask<bool> SealAsync(Timestamp time, CancellationToken cancellation) => _relay.SealAsync(time, cancellation);

    /// <summary>A folder is of one machine, the cluster's store is not.</summary>
    public ValueTask BackupAsync(string folder, CancellationToken cancellation) =>
        throw new WritesStoppedException("a cluster makes no backup folders: back up its database, or copy the chain with `actors chain copy`");

    internal async Task<T> CallAsync<T>(Func<IChainGrain, Task<T>> call, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call(_grain).WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested && CallFaults.OfRead(fault) is { } told)
            {
                if (told is not UnreachableException || attempt == RetryAfter.Length)
                {
                    throw told;
                }
            }

            await Task.Delay(RetryAfter[attempt], cancellation).ConfigureAwait(false);
        }
    }
}
