using System.Collections.Concurrent;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.Intake;
using Actors.Engine.Stores;
using Actors.Engine.Telemetry;
using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Engine.Chains;

/// <summary>
/// Drives a <see cref="ChainCore"/> on the thread pool: one turn at a time, only while there is something to do, so an idle chain costs
/// no thread and no timer. Each turn takes what has happened (an append ended, submissions were verified, reads came), then
/// starts what can be started (an append, a state cut, a snapshot) beside it.
/// </summary>
internal sealed class ChainLoop : IVerifiedSink, IThreadPoolWorkItem
{
    private const int SubmissionsPerTurn = 1_024;
    private const int ReadsPerTurn = 256;
    private const int Idle = 0;
    private const int Running = 1;
    private const int RunningAgain = 2;
    private readonly ChainCore _core;
    private readonly ChainAppender _appender;
    private readonly ChainOptions _options;
    private readonly ClockGuard _clock;
    private readonly ICoreAnswers _answers;
    private readonly ChainEvents _events;
    private readonly IChainStore _store;
    private readonly ConcurrentQueue<Submission> _submissions = new();
    private readonly ConcurrentQueue<ILoopRead> _reads = new();
    private readonly SnapshotRun _snapshots;
    private readonly CancellationTokenSource _stopping = new();
    private Task<AppendVerdict>? _append;
    private Task? _compute;
    private FenceLostException? _fenceLost;
    private int _turns;

    public ChainLoop(ChainCore core, ChainAppender appender, IChainStore store, ClockGuard clock, ChainOptions options, ICoreAnswers answers, ChainEvents events, ulong lastSnapshot)
    {
        _core = core;
        _appender = appender;
        _store = store;
        _clock = clock;
        _options = options;
        _answers = answers;
        _events = events;
        _snapshots = new SnapshotRun(store, appender, lastSnapshot);
    }

    public Hash256 GenesisHash => _core.State.Genesis.Hash;

    public SealHints Hints => _core.Hints;

    /// <summary>Why the chain is not served any more; null while it is.</summary>
    public Exception? Stopped { get; private set; }

    /// <summary>Why writes are refused for the moment, and until when (monotonic); null while they are not.</summary>
    public (WritesStoppedException Fault, long UntilMs)? WritesStopped { get; private set; }

    /// <summary>Set while writes are refused without trying.</summary>
    public WritesStoppedException? WritesRefused => WritesStopped is { } stopped && _clock.MonotonicMs < stopped.UntilMs ? stopped.Fault : null;

    /// <summary>Admits a submission that the verifier was or will be given; order of admission is order of execution.</summary>
    public void Admit(Submission submission) => _submissions.Enqueue(submission);

    public void Read(ILoopRead read)
    {
        _reads.Enqueue(read);
        Wake();
    }

    /// <summary>Somebody who asked the store was told that this writer does not hold the chain any more.</summary>
    public void FenceLost(FenceLostException lost)
    {
        _fenceLost = lost;
        Wake();
    }

    public void Wake()
    {
        if (Interlocked.Exchange(ref _turns, RunningAgain) == Idle)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            Volatile.Write(ref _turns, Running);
            try
            {
                Turn();
            }
            catch (Exception broken) when (broken is BrokenInvariantException or StoreException)
            {
                EngineMetrics.ChainStopped();
                var cause = FenceLossBehind(broken) ?? broken;
                Stop(new ChainStoppedException($"chain {_core.State.Genesis.ChainId} stopped: {cause.Message}", cause));
            }
        }
        while (Interlocked.CompareExchange(ref _turns, Idle, Running) != Running);
    }

    /// <summary>A writer that was taken over finds pages of the other one's snapshot where its own were: nothing is broken then but its fence.</summary>
    private FenceLostException? FenceLossBehind(Exception broken)
    {
        if (broken is FenceLostException known)
        {
            return known;
        }

        try
        {
            _store.ConfirmEpoch(_appender.Epoch);
            return null;
        }
        catch (FenceLostException lost) when (lost.ExpectedEpoch == _appender.Epoch)
        {
            return lost;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    /// <summary>Stops for good: everybody who waits gets the fault. What is in flight to the store is waited for first.</summary>
    private void Stop(ChainStoppedException fault)
    {
        if (Stopped is not null)
        {
            return;
        }

        Stopped = fault;
        _stopping.Cancel();
        _compute?.Wait();
        if (_core.InFlight is not null)
        {
            _append?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
            _core.FailAll(new OutcomePendingException($"{fault.Message}; ask by id", fault));
        }
        else
        {
            _core.AbandonOpen(fault);
        }

        FailQueued(fault);
        _events.OnStopped(fault);
    }

    private void Turn()
    {
        if (Stopped is { } stopped)
        {
            FailQueued(stopped);
            return;
        }

        TakeAppendVerdict();
        TakeSnapshotVerdict();
        if (Volatile.Read(ref _fenceLost) is { } lost)
        {
            throw lost;
        }

        var more = ExecuteVerified();
        more |= RunReads();
        if (Stopped is not null)
        {
            return;
        }

        ExpireDue();
        more |= StartAppend() && !_submissions.IsEmpty;
        StartCompute();
        StartSnapshot();
        _core.DropEmptyOpen();
        if (more)
        {
            Interlocked.Exchange(ref _turns, RunningAgain);
        }
    }

    private void TakeAppendVerdict()
    {
        if (_append is not { IsCompleted: true } append)
        {
            return;
        }

        _append = null;
        var verdict = append.GetAwaiter().GetResult();
        switch (verdict.Kind)
        {
            case AppendKind.Appended:
                WritesStopped = null;
                var block = _core.InFlight!;
                NoteCommitted(block);
                _core.AppendSucceeded();
                _events.OnCommitted(_core, block);
                break;
            case AppendKind.NotAppended:
                _compute?.Wait();
                var fault = new WritesStoppedException($"the store takes no writes: {verdict.Fault!.Message}", verdict.Fault);
                WritesStopped = (fault, _clock.MonotonicMs + _options.RetryWritesAfterMs);
                _core.AppendFailed(fault);
                break;
            default:
                throw new BrokenInvariantException($"the writer cannot go on: {verdict.Fault!.Message}");
        }
    }

    private static void NoteCommitted(PreparedBlock block) => EngineMetrics.Committed(block.Draft.Header, block.Append.Bytes.Length);

    private bool ExecuteVerified()
    {
        for (var i = 0; i < SubmissionsPerTurn; i++)
        {
            if (!_submissions.TryPeek(out var submission) || !submission.IsVerified || (_core.IsFull && _core.InFlight is not null))
            {
                return false;
            }

            if (!TryExecute(submission))
            {
                return false;
            }

            _submissions.TryDequeue(out _);
        }

        return true;
    }

    private bool TryExecute(Submission submission)
    {
        if (WritesRefused is { } refused)
        {
            submission.Fail(refused);
            return true;
        }

        try
        {
            return _core.TryExecute(submission, _answers);
        }
        catch (Exception fault) when (fault is WritesStoppedException or StoreUnavailableException)
        {
            submission.Fail(StopWrites(fault));
            return true;
        }
    }

    /// <summary>What was due while writes are refused stays due: the chain is woken again when the next try makes sense.</summary>
    private void ExpireDue()
    {
        try
        {
            if (!_core.IsDue)
            {
                return;
            }

            if (WritesRefused is null)
            {
                _core.ExpireDue();
                return;
            }
        }
        catch (Exception fault) when (fault is WritesStoppedException or StoreUnavailableException)
        {
            StopWrites(fault);
        }

        _events.OnDue(_core, _clock.UnixMs + (ulong)_options.RetryWritesAfterMs);
    }

    // The clock is wrong, or a page that execution needs cannot be read now: whatever was executed in part is taken back.
    private WritesStoppedException StopWrites(Exception fault)
    {
        var stopped = fault as WritesStoppedException ?? new WritesStoppedException($"the store does not answer: {fault.Message}", fault);
        WritesStopped = (stopped, _clock.MonotonicMs + _options.RetryWritesAfterMs);
        if (fault is StoreUnavailableException)
        {
            _core.AbandonOpen(stopped);
        }

        return stopped;
    }

    private bool RunReads()
    {
        for (var i = 0; i < ReadsPerTurn; i++)
        {
            if (!_reads.TryDequeue(out var read))
            {
                return false;
            }

            try
            {
                read.Run(_core);
            }
            catch (Exception broken) when (broken is BrokenInvariantException or StoreException)
            {
                // Answered with all others, once it is known why the chain stops.
                _reads.Enqueue(read);
                throw;
            }
        }

        return true;
    }

    private bool StartAppend()
    {
        if (!_core.WantsCut || !MayCut())
        {
            return false;
        }

        if (WritesRefused is { } refused)
        {
            _core.AbandonOpen(refused);
            return false;
        }

        PreparedBlock block;
        try
        {
            block = _core.Cut();
        }
        catch (WritesStoppedException clockFault)
        {
            _core.AbandonOpen(StopWrites(clockFault));
            return false;
        }

        _append = _appender.AppendAsync(block.Append);
        _append.ContinueWith(static (_, loop) => ((ChainLoop)loop!).Wake(), this, TaskScheduler.Default);
        return true;
    }

    private bool MayCut() =>
        _core.IsFull || _submissions.IsEmpty || _clock.MonotonicMs - _core.OldestAdmittedAtMs >= _options.CutAfterMs;

    private void StartCompute()
    {
        if (_core.TakeCutToCompute() is { } cut)
        {
            _compute = Task.Run(cut.Compute);
            _compute.ContinueWith(static (_, loop) => ((ChainLoop)loop!).Wake(), this, TaskScheduler.Default);
        }
    }

    private void StartSnapshot()
    {
        if (!_snapshots.IsRunning && _core.TakeReadySnapshot() is { } plan)
        {
            _snapshots.Start(plan, Wake, _stopping.Token);
        }
    }

    private void TakeSnapshotVerdict()
    {
        if (_snapshots.TakeEnded() is not var (plan, fault))
        {
            return;
        }

        _core.SnapshotEnded(plan, isCurrent: fault is null);
        var isFenceLost = fault is FenceLostException lost && lost.ExpectedEpoch == _appender.Epoch;
        if (isFenceLost || fault is StoreCorruptException)
        {
            throw new BrokenInvariantException($"a snapshot could not be written: {fault!.Message}");
        }
    }

    private void FailQueued(Exception fault)
    {
        while (_submissions.TryPeek(out var submission) && submission.IsVerified && _submissions.TryDequeue(out _))
        {
            submission.Fail(fault);
        }

        while (_reads.TryDequeue(out var read))
        {
            read.Fail(fault);
        }
    }

    /// <summary>Waits until nothing is queued or in flight, then stops. Submissions MUST have been refused before.</summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        try
        {
            await WaitUntilIdleAsync(timeout).ConfigureAwait(false);
            await Ask(_ =>
            {
                Stop(new ChainStoppedException($"chain {_core.State.Genesis.ChainId} is shut down"));
                return true;
            }).ConfigureAwait(false);
        }
        catch (ChainStoppedException)
        {
            // It stopped by itself, and has told everybody why.
        }

        await _snapshots.WhenEnded.ConfigureAwait(false);
    }

    private async Task WaitUntilIdleAsync(TimeSpan timeout)
    {
        var deadline = _clock.MonotonicMs + (long)timeout.TotalMilliseconds;
        while (_clock.MonotonicMs < deadline && !await Ask(core => core.InFlight is null && !core.WantsCut && _submissions.IsEmpty).ConfigureAwait(false))
        {
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    private Task<T> Ask<T>(Func<ChainCore, T> read)
    {
        var request = new LoopRead<T>(read);
        Read(request);
        return request.Answer;
    }
}
