using Actors.Engine;
using Actors.Engine.Relays;
using Actors.Engine.Views;
using Actors.Grains.Channels;
using Actors.Grains.Faults;
using Actors.Grains.Submissions;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Actors.Grains.Chains;

/// <summary>
/// Hosts a chain. The grain directory alone cannot promise that there is only one of it: it is eventually consistent, and a paused silo does not know
/// that it was given up. So the promise is the store's: opening takes the chain's fence, and whoever lost it is refused, stops, and is deactivated.
/// Placed at random: Orleans' own choice looks at how busy silos are and prefers the caller's, which puts the chains of a quiet cluster on one silo, and there
/// they stay when it is not quiet any more.
/// </summary>
[Reentrant]
[RandomPlacement]
internal sealed class ChainGrain(ChainHost host, Vouchers vouchers, IHostApplicationLifetime lifetime, ILogger<ChainGrain> logger) : Grain, IChainGrain, IRelayGrain
{
    /// <summary>So long the reason of a failed opening is told to everybody; then the next call tries again.</summary>
    private static readonly TimeSpan ReopenAfter = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private ChannelWaker? _channels;
    private Task<IHostedChain?> _opening = Task.FromResult<IHostedChain?>(null);

    private string Key => this.GetPrimaryKeyString();

    /// <summary>Does not wait for the replay, which may take longer than an activation may; the calls do.</summary>
    public override Task OnActivateAsync(CancellationToken cancellation)
    {
        Open();
        return Task.CompletedTask;
    }

    /// <summary>Commits and answers what was admitted, then lets the store go.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        await _leaving.CancelAsync();
        if (await OpenedAsync(_opening) is { } chain)
        {
            await chain.DisposeAsync();
            logger.Closed(Key, reason.Description);
        }

        _leaving.Dispose();
    }

    public async Task<SubmissionAnswer[]> SubmitAsync(EnvelopeBatch envelopes)
    {
        var items = FaultWire.Understand(envelopes.Split);
        var chain = await ChainAsync();
        return await SubmissionWire.AnswerAllAsync([.. items.Select(item => chain.SubmitAsync(item, CancellationToken.None))]);
    }

    public async Task<SubmissionAnswer[]> SubmitCheckedAsync(CheckedBatch batch)
    {
        var chain = await ChainAsync();
        vouchers.Require(chain.Genesis.Hash, batch);
        var items = FaultWire.Understand(batch.Envelopes.Split);
        return await SubmissionWire.AnswerAllAsync([.. items.Select(item => chain.SubmitCheckedAsync(item, CancellationToken.None))]);
    }

    public async Task<byte[]> GetGenesisAsync() => (await ChainAsync()).Genesis.Encoded.ToArray();

    public Task<ChainHead> GetHeadAsync(bool current) => AskAsync(async chain => RecordWire.Answer(await chain.GetStatusAsync(current, default)));

    public Task<LookupAnswer> FindTransactionAsync(byte[] id) => AskAsync(async chain => SubmissionWire.Answer(await chain.FindTransactionAsync(Id(id), default)));

    public Task<byte[]?> GetReceiptAsync(byte[] id, int? operation) => AskAsync(async chain => await chain.GetReceiptAsync(Id(id), operation, default));

    public Task<AccountState?> GetAccountAsync(ulong number, bool current) =>
        AskAsync(async chain => await chain.GetAccountAsync(new AccountNumber(number), current, default) is { } view ? RecordWire.Answer(view) : null);

    public Task<ulong?> FindAliasAsync(uint owner, string alias) => AskAsync(async chain => (await chain.FindAliasAsync(new KeysetNumber(owner), alias, default))?.Value);

    public Task<KeysetState?> GetKeysetAsync(uint number, bool current) =>
        AskAsync(async chain => await chain.GetKeysetAsync(new KeysetNumber(number), current, default) is { } view ? RecordWire.Answer(view) : null);

    public Task<AssetState?> GetAssetAsync(uint number, bool current) =>
        AskAsync(async chain => await chain.GetAssetAsync(new AssetNumber(number), current, default) is { } view ? RecordWire.Answer(view) : null);

    public Task<PendingAnswer?> GetPendingAsync(ulong number, bool current) =>
        AskAsync(async chain => await chain.GetPendingAsync(new PendingNumber(number), current, default) is { } view ? RecordWire.Answer(view) : null);

    public Task<byte[]> ProveAccountAsync(ulong number) => AskAsync(async chain => await chain.ProveAccountAsync(new AccountNumber(number), default));

    public Task<StatementAnswer?> GetStatementAsync(ulong number, StatementRequest request) =>
        AskAsync(async chain => await chain.GetStatementAsync(new AccountNumber(number), Query(request), default) is { } page ? StatementWire.Answer(page) : null);

    public Task<byte[]?> GetStatementFileAsync(ulong number, StatementRequest request) =>
        AskAsync(async chain => await chain.GetStatementFileAsync(new AccountNumber(number), Query(request), default));

    public Task<PeerState[]> ListPeersAsync(uint after, int countMax) =>
        AskAsync(async chain => (await chain.Channels.ListPeersAsync(after, InPage(countMax, IChannelReads.PageMax), default)).Select(ChannelWire.Answer).ToArray());

    public Task<PeerState?> GetPeerAsync(uint number, bool current) =>
        AskAsync(async chain => await chain.Channels.GetPeerAsync(number, current, default) is { } view ? ChannelWire.Answer(view) : null);

    public Task<ChannelAnswer[]> ListChannelsAsync(uint after, int countMax) =>
        AskAsync(async chain => (await chain.Channels.ListAsync(after, InPage(countMax, IChannelReads.PageMax), default)).Select(ChannelWire.Answer).ToArray());

    public Task<ChannelAnswer?> GetChannelAsync(uint number, bool current) =>
        AskAsync(async chain => await chain.Channels.GetAsync(number, current, default) is { } view ? ChannelWire.Answer(view) : null);

    public Task<RouteState[]> ListRoutesAsync(uint channel, uint after, int countMax) =>
        AskAsync(async chain => (await chain.Channels.ListRoutesAsync(channel, after, InPage(countMax, IChannelReads.PageMax), default)).Select(ChannelWire.Answer).ToArray());

    public Task<RouteToPeerAnswer[]?> FindRoutesAsync(string peer, uint asset, int countMax) =>
        AskAsync(async chain => (await chain.Channels.FindRoutesAsync(peer, new AssetNumber(asset), InPage(countMax, IChannelReads.PageMax), default))?.Select(ChannelWire.Answer).ToArray());

    public Task<PacketsAnswer?> ListPacketsAsync(uint channel, PacketsRequest request) =>
        AskAsync(async chain => await chain.Channels.ListPacketsAsync(channel, ChannelWire.Query(request) with { CountMax = InPage(request.CountMax, PacketQuery.PacketsPerPageMax) }, default) is { } page ? ChannelWire.Answer(page) : null);

    public Task<ReceivedAnswer?> FindReceivedAsync(uint channel, ulong sequence, ulong? before) =>
        AskAsync(async chain => await chain.Channels.FindReceivedAsync(channel, sequence, before is { } height ? new Height(height) : null, default) is { } search ? ChannelWire.Answer(search) : null);

    public Task<byte[]?> ProvePacketAsync(uint channel, ulong sequence, bool refunded, ulong height) =>
        AskAsync(async chain => await chain.Channels.ProvePacketAsync(channel, sequence, refunded, new Height(height), default));

    public Task<DeliveriesAnswer?> GetDeliveriesAsync(byte[] id, DeliveriesRequest request) =>
        AskAsync(async chain => await chain.Channels.GetDeliveriesAsync(Id(id), ChannelWire.Query(request) with { CountMax = InPage(request.CountMax, DeliveryQuery.DeliveriesPerPageMax) }, default) is { } page ? ChannelWire.Answer(page) : null);

    public Task<BytesPart?> GetBlockAsync(ulong height, int offset) => AskAsync(async chain =>
    {
        if (await chain.GetBlockAsync(new Height(height), default) is not { } block)
        {
            return null;
        }

        return offset >= 0 && offset <= block.Length
            ? new BytesPart { Total = block.Length, Bytes = block.Slice(offset, Math.Min(BytesPart.LengthMax, block.Length - offset)).ToArray() }
            : throw FaultWire.BadRequest($"byte {offset} of block {height} is asked for, it has {block.Length}");
    });

    public Task<byte[]?> GetSignedHeaderAsync(ulong height) => AskAsync(async chain => (await chain.GetSignedHeaderAsync(new Height(height), default))?.ToArray());

    public Task<HistoryAnswer?> ProveHistoryAsync(ulong height, ulong size) =>
        AskAsync(async chain => await chain.ProveHistoryAsync(new Height(height), new Height(size), default) is { } proof ? RecordWire.Answer(proof) : null);

    public Task<ulong> WaitForBlockAsync(ulong after) => AskAsync(async chain =>
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token, lifetime.ApplicationStopping);
        waiting.CancelAfter(IChainGrain.BlockWaitMax);
        try
        {
            return (await chain.WaitForBlockAsync(new Height(after), waiting.Token)).Value;
        }
        catch (OperationCanceledException)
        {
            return (await chain.GetStatusAsync(current: false, default)).Height.Value;
        }
    });

    public Task<byte[]> PrepareSealingKeyAsync() => AskAsync(async chain => (await chain.PrepareSealingKeyAsync(default)).AsSpan().ToArray());

    public Task<PositionAnswer?> GetPositionAsync(uint channel) =>
        AskAsync(async chain => await chain.GetRelayPositionAsync(channel, default) is { } position ? RelayWire.Answer(position) : null);

    public Task<byte[]?> ExportAsync(uint channel, CursorWire cursor, TimeSpan wait) =>
        AskAsync(async chain => await chain.AwaitExportAsync(channel, RelayWire.Cursor(cursor), Bounded(wait), default) is { } batch ? RelayBatchCodec.Encode(batch) : null);

    public Task<byte[]?> ExportPositionAsync(uint channel, CursorWire cursor) =>
        AskAsync(async chain => await chain.ExportPositionAsync(channel, RelayWire.Cursor(cursor), default) is { } batch ? RelayBatchCodec.Encode(batch) : null);

    public Task<TimedOutAnswer?> GetTimedOutAsync(uint channel, TimeSpan wait) =>
        AskAsync(async chain => await chain.AwaitTimedOutAsync(channel, Bounded(wait), default) is { } packets ? RelayWire.Answer(packets) : null);

    public Task<bool> SealAsync(ulong timeMs) => AskAsync(async chain => await chain.SealAsync(new Timestamp(timeMs), default));

    public Task WakeAsync() => AskAsync(async chain =>
    {
        await chain.WakeAsync(default);
        return true;
    });

    private static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < IRelayGrain.WaitMax ? wait : IRelayGrain.WaitMax;

    private static TransactionId Id(byte[] id) =>
        id is { Length: TransactionId.Size } ? new TransactionId(new Hash256(id)) : throw FaultWire.BadRequest($"a transaction id has {TransactionId.Size} bytes");

    private static int InPage(int countMax, int max) =>
        countMax >= 1 && countMax <= max ? countMax : throw FaultWire.BadRequest($"a page of {countMax} is asked for, expected 1 to {max}");

    private static StatementQuery Query(StatementRequest request) => FaultWire.Understand(() => StatementWire.Query(request));

    private async Task<T> AskAsync<T>(Func<IHostedChain, Task<T>> ask)
    {
        var chain = await ChainAsync();
        try
        {
            return await FaultWire.Translate(() => ask(chain));
        }
        catch (LedgerFaultException stopped)
        {
            throw new LedgerFaultException(FaultWire.Reopening(stopped.Fault));
        }
    }

    /// <summary>The chain, once it is recovered. One that was not there may have been created since.</summary>
    private async Task<IHostedChain> ChainAsync()
    {
        var opening = _opening;
        if (opening is { IsCompletedSuccessfully: true, Result: null } && ChainId.TryParse(Key, out _))
        {
            Open();
        }

        return await FaultWire.Translate(() => _opening) ?? throw FaultWire.ChainNotFound(Key);
    }

    private void Open()
    {
        if (ChainId.TryParse(Key, out var id))
        {
            var channels = new ChannelWaker(GrainFactory, Key, logger, _leaving.Token);
            _channels = channels;
            _opening = Task.Run(() => host.Open(id, channels), CancellationToken.None);
        }

        _ = ServeAsync(_opening, _channels);
    }

    private static async Task<IHostedChain?> OpenedAsync(Task<IHostedChain?> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return opening.IsCompletedSuccessfully ? await opening : null;
    }

    /// <summary>From an opening to its end: what ends the activation from inside.</summary>
    private async Task ServeAsync(Task<IHostedChain?> opening, ChannelWaker? channels)
    {
        if (await OpenedAsync(opening) is not { } chain)
        {
            if (opening.Exception?.InnerException is { } fault)
            {
                logger.NotOpened(fault, Key);
            }

            await Task.Delay(ReopenAfter, _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (ReferenceEquals(opening, _opening))
            {
                DeactivateOnIdle();
            }

            return;
        }

        logger.Opened(Key);
        channels?.Opened(chain);
        _ = new BlockAnnouncer(this.GetStreamProvider(BlockNews.StreamProvider), Key, logger).RunAsync(chain, _leaving.Token);
        var reason = await chain.WhenStopped;
        if (!_leaving.IsCancellationRequested)
        {
            logger.Stopped(Key, reason.Message);
            DeactivateOnIdle();
        }
    }
}
