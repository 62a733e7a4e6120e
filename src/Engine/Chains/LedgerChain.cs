using Actors.Engine.Channels;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.History;
using Actors.Engine.Intake;
using Actors.Engine.Reads;
using Actors.Engine.Relays;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Telemetry;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Chains;

/// <summary>A chain that runs in this process: admits, reads and proves over the loop and the store.</summary>
internal sealed class LedgerChain : IHostedChain
{
    private const ulong DueRetryMs = 1_000;
    private readonly IChainStore _store;
    private readonly ISealingKeys _keys;
    private readonly ClockGuard _clock;
    private readonly VerifyPool _verifiers;
    private readonly ChainLoop _loop;
    private readonly Admission _admission;
    private readonly EpochConfirmation _confirmation;
    private readonly HeadFileKeeper _headFile;
    private readonly BlockWaiters _waiters;
    private readonly HistoryReader _history;
    private readonly TransactionReads _transactions;
    private readonly RelaySide _relays;
    private readonly LogReads _log;
    private readonly IReadOnlyList<string> _notices;
    private readonly Action<LedgerChain, ulong?> _due;
    private readonly Action<LedgerChain, uint>? _moved;
    private readonly Action<LedgerChain, uint>? _timedOut;
    private readonly Action<LedgerChain, uint>? _unsettled;
    private readonly ChainAppender _appender;
    private readonly TaskCompletionSource<Exception> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LedgerChain(RecoveredChain recovered, IChainStore store, ISealingKeys keys, IChainClock clock, VerifyPool verifiers, ChainOptions options, Action<LedgerChain, ulong?> due, Action<LedgerChain, uint>? moved = null, Action<LedgerChain, uint>? timedOut = null, Action<LedgerChain, uint>? unsettled = null)
    {
        Genesis = recovered.State.Genesis;
        _store = store;
        _keys = keys;
        _clock = new ClockGuard(clock);
        _verifiers = verifiers;
        _due = due;
        _moved = moved;
        _timedOut = timedOut;
        _unsettled = unsettled ?? moved;
        _notices = recovered.Notices;
        _admission = new Admission(options.InFlightMax, options.InFlightBytesMax);
        _headFile = new HeadFileKeeper(store);
        _waiters = new BlockWaiters(new Height(recovered.Head.Height));
        _history = new HistoryReader(store, Genesis.Hash);
        _log = new LogReads(Genesis.ChainId);
        _transactions = new TransactionReads(this, store);
        _relays = new RelaySide(this, new RelayExports(store, _history), _clock, ScheduleNext);
        Channels = new ChannelReads(this, store, _clock);
        _appender = new ChainAppender(store, recovered.Epoch);
        _confirmation = new EpochConfirmation(store, () => _appender.Epoch);
        var events = new ChainEvents { OnCommitted = OnCommitted, OnDue = (_, dueMs) => _due(this, dueMs), OnStopped = OnStopped };
        _loop = new ChainLoop(new ChainCore(recovered, keys, _clock, options) { KeepsDue = store is IDueChainStore }, _appender, store, _clock, options, _transactions, events, recovered.LastSnapshot);
        _due(this, Earlier(recovered.State.Pendings.NextDueMs(), recovered.Channels.NextTimeoutMs()));
        foreach (var number in recovered.Channels.Unsettled())
        {
            _unsettled?.Invoke(this, number);
        }
    }

    public Genesis Genesis { get; }

    public IChannelReads Channels { get; }

    /// <summary>Why it is not served any more; null while it is.</summary>
    public Exception? Stopped => _loop.Stopped;

    public Task<Exception> WhenStopped => _stopped.Task;

    public ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation) => SubmitAsync(envelope, false, cancellation);

    public ValueTask<SubmissionResult> SubmitCheckedAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation) => SubmitAsync(envelope, true, cancellation);

    private async ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, bool signaturesAreChecked, CancellationToken cancellation)
    {
        RequireServed();
        if (envelope.Length > Limits.EnvelopeBytesMax)
        {
            return new SubmissionResult(Outcome.TooLarge) { Detail = $"envelope has {envelope.Length} bytes, at most {Limits.EnvelopeBytesMax} are allowed" };
        }

        if (_loop.WritesRefused is { } refused)
        {
            EngineMetrics.Failed();
            throw refused;
        }

        var submission = _admission.Admit(envelope, _clock.MonotonicMs, signaturesAreChecked);
        _loop.Admit(submission);
        _verifiers.Enqueue(submission, _loop);
        return await submission.Answer.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public ValueTask<TransactionLookup> FindTransactionAsync(TransactionId id, CancellationToken cancellation) => _transactions.FindAsync(id, cancellation);

    public ValueTask<byte[]?> GetReceiptAsync(TransactionId id, int? operation, CancellationToken cancellation) => _transactions.GetReceiptAsync(id, operation, cancellation);

    public ValueTask<ChainStatus> GetStatusAsync(bool current, CancellationToken cancellation) =>
        Read(core => CommittedViews.Status(core, _loop.WritesStopped?.Fault.Message, _notices), current, cancellation);

    public ValueTask<AccountView?> GetAccountAsync(AccountNumber number, bool current, CancellationToken cancellation) =>
        ReadOrConfirm(core => CommittedViews.Account(core, number), current, cancellation);

    public ValueTask<AccountNumber?> FindAliasAsync(KeysetNumber owner, string alias, CancellationToken cancellation) =>
        ReadOrConfirm(core => CommittedViews.Alias(core, owner, alias), false, cancellation);

    public ValueTask<KeysetView?> GetKeysetAsync(KeysetNumber number, bool current, CancellationToken cancellation) =>
        ReadOrConfirm(core => CommittedViews.Keyset(core, number), current, cancellation);

    public ValueTask<AssetView?> GetAssetAsync(AssetNumber number, bool current, CancellationToken cancellation) =>
        ReadOrConfirm(core => CommittedViews.Asset(core, number), current, cancellation);

    public ValueTask<PendingView?> GetPendingAsync(PendingNumber number, bool current, CancellationToken cancellation) =>
        ReadOrConfirm(core => CommittedViews.Pending(core, number), current, cancellation);

    public async ValueTask<byte[]> ProveAccountAsync(AccountNumber number, CancellationToken cancellation)
    {
        RequireWrites();
        await ConfirmAsync(cancellation).ConfigureAwait(false);
        var request = new ProofRequest(number);
        await OnLoop(
            core =>
            {
                core.Request(request);
                return true;
            },
            cancellation).ConfigureAwait(false);
        _loop.Wake();
        return await request.Answer.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask<StatementPage?> GetStatementAsync(AccountNumber number, StatementQuery query, CancellationToken cancellation)
    {
        if (await GetAccountAsync(number, current: true, cancellation).ConfigureAwait(false) is not { } account)
        {
            return null;
        }

        return await FromLog(() => new StatementWalk(_store, number).Page(account, query), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<byte[]?> GetStatementFileAsync(AccountNumber number, StatementQuery query, CancellationToken cancellation)
    {
        if (await GetAccountAsync(number, current: true, cancellation).ConfigureAwait(false) is not { } account)
        {
            return null;
        }

        if (account.AsOf.Value == 0)
        {
            return null;
        }

        var signedHeader = await FromLog(() => SignedHeader(account.AsOf), cancellation).ConfigureAwait(false);
        var anchor = await OnLoop(core => core.AnchorOf(signedHeader), cancellation).ConfigureAwait(false);
        return await FromLog(() => new StatementWalk(_store, number).File(account, query, anchor, _history), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> GetBlockAsync(Height height, CancellationToken cancellation) =>
        await IsCommitted(height, cancellation).ConfigureAwait(false)
            ? new ReadOnlyMemory<byte>(await FromLog(() => StoredBlocks.Read(_store, height), cancellation).ConfigureAwait(false))
            : default(ReadOnlyMemory<byte>?); // null alone would become an empty memory

    public async ValueTask<ReadOnlyMemory<byte>?> GetSignedHeaderAsync(Height height, CancellationToken cancellation) =>
        await IsCommitted(height, cancellation).ConfigureAwait(false)
            ? new ReadOnlyMemory<byte>(await FromLog(() => SignedHeader(height), cancellation).ConfigureAwait(false))
            : default(ReadOnlyMemory<byte>?);

    public async ValueTask<HistoryProof?> ProveHistoryAsync(Height height, Height size, CancellationToken cancellation)
    {
        if (height.Value == 0 || height >= size || !await IsCommitted(size, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        return await FromLog(
            () =>
            {
                var hash = Ledger.Hashing.Sha256.Of(SignedHeader(height).AsSpan(0, BlockHeader.Size));
                return _history.Prove(height, size, hash, BlockHeader.Decode(SignedHeader(size).AsSpan(0, BlockHeader.Size)).HistoryRoot);
            },
            cancellation).ConfigureAwait(false);
    }

    public async ValueTask<Height> WaitForBlockAsync(Height after, CancellationToken cancellation)
    {
        RequireServed();
        Height height;
        do
        {
            height = await _waiters.WaitAsync(after).WaitAsync(cancellation).ConfigureAwait(false);
        }
        while (height <= after);
        return height;
    }

    public ValueTask<RelayPosition?> GetRelayPositionAsync(uint channel, CancellationToken cancellation) => _relays.GetPositionAsync(channel, cancellation);

    public ValueTask<RelayBatch?> ExportAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) => _relays.ExportAsync(channel, cursor, cancellation);

    public ValueTask<RelayBatch?> ExportPositionAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) => _relays.ExportPositionAsync(channel, cursor, cancellation);

    public ValueTask<RelayBatch?> AwaitExportAsync(uint channel, RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) =>
        _relays.AwaitExportAsync(channel, cursor, waitMax, cancellation);

    public ValueTask<TimedOutPackets?> GetTimedOutAsync(uint channel, CancellationToken cancellation) => _relays.GetTimedOutAsync(channel, cancellation);

    public ValueTask<TimedOutPackets?> AwaitTimedOutAsync(uint channel, TimeSpan waitMax, CancellationToken cancellation) => _relays.AwaitTimedOutAsync(channel, waitMax, cancellation);

    public async ValueTask<bool> SealAsync(Timestamp time, CancellationToken cancellation)
    {
        var head = await OnLoop(core => core.Committed, cancellation).ConfigureAwait(false);
        if (head.TimeMs < time.Ms && _clock.UnixMs >= time.Ms)
        {
            // Whoever asks for a proof has a block sealed, an empty one if need be, or hears why not. The proof itself nobody wants here.
            await ProveAccountAsync(new AccountNumber(1), cancellation).ConfigureAwait(false);
            head = await OnLoop(core => core.Committed, cancellation).ConfigureAwait(false);
        }

        return head.TimeMs >= time.Ms;
    }

    public ValueTask<PublicKey> PrepareSealingKeyAsync(CancellationToken cancellation)
    {
        RequireServed();
        return new ValueTask<PublicKey>(Task.Run(_keys.Create, cancellation));
    }

    public async ValueTask BackupAsync(string folder, CancellationToken cancellation)
    {
        RequireServed();
        await Task.Run(() => EngineFaults.Translate(() => _store.BackupTo(folder)), cancellation).ConfigureAwait(false);
    }

    public async ValueTask WakeAsync(CancellationToken cancellation)
    {
        WakeDue();
        foreach (var number in await OnLoop(core => core.Channels.Unsettled(), cancellation).ConfigureAwait(false))
        {
            _unsettled?.Invoke(this, number);
        }

        if (_store is not IDueChainStore || await OnLoop(core => core.TakeDueAtHead(_clock.UnixMs), cancellation).ConfigureAwait(false) is not { } next)
        {
            return;
        }

        var writing = Task.Run(() => _appender.WriteDue(next.Height, next.Due), cancellation);
        await OfWriter(writing, cancellation).ConfigureAwait(false);
        if (await writing.ConfigureAwait(false))
        {
            await OnLoop(
                core =>
                {
                    core.DueWritten(next.Height, next.Due);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Something of this chain may be due.</summary>
    public void WakeDue()
    {
        _loop.Wake();
        _loop.Read(new LoopRead<bool>(core =>
        {
            foreach (var number in core.Channels.TimedOutBy(_clock.UnixMs))
            {
                core.Channels.SetTimeout(number, _clock.UnixMs + PacketTimeouts.LookAgainAfterMs);
                _relays.TimedOut(number);
                _timedOut?.Invoke(this, number);
            }

            ScheduleNext(core);
            return true;
        }));
    }

    public async ValueTask DisposeAsync()
    {
        _admission.Close(new ChainStoppedException($"chain {Genesis.ChainId} is shutting down"));
        await _loop.DrainAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(false);
        _headFile.Dispose();
        await _log.CloseAsync().ConfigureAwait(false);
        _store.Dispose();
    }

    private void OnCommitted(ChainCore core, PreparedBlock block)
    {
        _headFile.Note(core.Committed.Height, core.Committed.HeaderHash);
        _waiters.Committed(new Height(core.Committed.Height));
        foreach (var (number, _) in block.Channels.Records)
        {
            _relays.Moved(number);
            _moved?.Invoke(this, number);
        }

        _due(this, NextDue(core));
    }

    // Which pending is next is read from its record, whose page may have to be loaded.
    private ulong? NextDue(ChainCore core)
    {
        try
        {
            return Earlier(core.NextDueMs, core.Channels.NextTimeoutMs());
        }
        catch (StoreUnavailableException)
        {
            return _clock.UnixMs + DueRetryMs;
        }
    }

    /// <summary>After something due was handed on and not done yet: what is still due is not due again at once.</summary>
    private void ScheduleNext(ChainCore core) => _due(this, NextDue(core) is { } due ? Math.Max(due, _clock.UnixMs + DueRetryMs) : null);

    private static ulong? Earlier(ulong? one, ulong? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;

    private void OnStopped(Exception fault)
    {
        _admission.Close(fault);
        _waiters.Fail(fault);
        _relays.Fail(fault);
        _due(this, null);
        _stopped.TrySetResult(fault);
    }

    internal async ValueTask<(Block Block, Anchor Anchor)> BlockAndAnchor(Height height, CancellationToken cancellation)
    {
        var block = await FromLog(() => StoredBlocks.Parse(_store, height), cancellation).ConfigureAwait(false);
        var anchor = await OnLoop(core => core.AnchorOf(StoredBlocks.SignedHeaderOf(block)), cancellation).ConfigureAwait(false);
        return (block, anchor);
    }

    private byte[] SignedHeader(Height height) => StoredBlocks.ReadSignedHeader(_store, height);

    private async ValueTask<bool> IsCommitted(Height height, CancellationToken cancellation)
    {
        var committed = await OnLoop(core => core.Committed.Height, cancellation).ConfigureAwait(false);
        if (height.Value <= committed)
        {
            return height.Value > 0;
        }

        await ConfirmAsync(cancellation).ConfigureAwait(false);
        return false;
    }

    internal async ValueTask<T> Read<T>(Func<ChainCore, T> read, bool current, CancellationToken cancellation)
    {
        if (current)
        {
            await ConfirmAsync(cancellation).ConfigureAwait(false);
        }

        return await OnLoop(read, cancellation).ConfigureAwait(false);
    }

    /// <summary>As <see cref="Read"/>; that something is not there is answered only after a confirmation.</summary>
    internal async ValueTask<T?> ReadOrConfirm<T>(Func<ChainCore, T?> read, bool current, CancellationToken cancellation)
    {
        var found = await Read(read, current, cancellation).ConfigureAwait(false);
        return found is null && !current ? await Read(read, true, cancellation).ConfigureAwait(false) : found;
    }

    internal async ValueTask ConfirmAsync(CancellationToken cancellation)
    {
        RequireServed();
        await OfWriter(_confirmation.ConfirmAsync(), cancellation).ConfigureAwait(false);
    }

    /// <summary>A fenced write of this chain's: if it says that the fence is lost, the loop hears so.</summary>
    private async ValueTask OfWriter(Task write, CancellationToken cancellation)
    {
        try
        {
            await write.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (StoreException fault)
        {
            if (fault is FenceLostException lost)
            {
                _loop.FenceLost(lost);
            }

            throw EngineFaults.Translate(fault);
        }
    }

    internal async ValueTask<T> OnLoop<T>(Func<ChainCore, T> read, CancellationToken cancellation)
    {
        RequireServed();
        var request = new LoopRead<T>(read);
        _loop.Read(request);
        return await request.Answer.WaitAsync(cancellation).ConfigureAwait(false);
    }

    internal ValueTask<T> FromLog<T>(Func<T> read, CancellationToken cancellation) => _log.RunAsync(read, cancellation);

    private void RequireWrites()
    {
        if (_loop.WritesRefused is { } refused)
        {
            throw refused;
        }
    }

    private void RequireServed()
    {
        if (_loop.Stopped is { } fault)
        {
            throw fault is ChainStoppedException ? fault : new ChainStoppedException(fault.Message, fault);
        }
    }
}
