using Actors.Engine.Chains;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.Intake;
using Actors.Engine.Snapshots;
using Actors.Engine.Stores;
using Actors.Ledger.Chains;
using Actors.Ledger.State;
using Actors.Simulation.Stores;

namespace Actors.Simulation;

/// <summary>
/// One process that writes the chain: what the threaded loop does with a <see cref="ChainCore"/>, a step at a time and in any order that
/// threads could bring about.
/// </summary>
internal sealed partial class SimWriter : ICoreAnswers
{
    private readonly SimChainStore _store;
    private readonly SimClock _clock;
    private readonly ChainAppender _appender;
    private readonly SubmissionVerifier _verifier = new(new KeyCache(64));
    private readonly Queue<Submission> _queue = new();
    private AppendVerdict? _verdict;
    private StateCut? _toCompute;
    private ulong _lastSnapshot;

    public SimWriter(Genesis genesis, SimChainStore store, SimFaults faults, SimKeys keys, SimClock clock, ChainOptions options)
    {
        _store = store;
        _clock = clock;
        Faults = faults;
        var recovered = ChainRecovery.Recover(genesis, store);
        Sometimes.Happened(store.Disk.Manifest is not null, "replay after a snapshot");
        Sometimes.Happened(store.Disk.Manifest is null && recovered.Head.Height > 0, "replay from the genesis");
        _appender = new ChainAppender(store, recovered.Epoch);
        _lastSnapshot = recovered.LastSnapshot;
        Core = new ChainCore(recovered, keys, new ClockGuard(clock), options);
    }

    public ChainCore Core { get; }

    public SimFaults Faults { get; }

    public SimChainStore Store => _store;

    public ulong Epoch => _appender.Epoch;

    /// <summary>Submissions that were not answered yet.</summary>
    public List<(Submission Submission, SentTransaction? Transaction)> Waiting { get; } = [];

    /// <summary>It lost the chain and has told everybody so.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Another writer has taken the chain, whether this one knows or not.</summary>
    public bool IsStale => _store.Disk.Epoch != Epoch;

    public int Queued => _queue.Count;

    public Submission Submit(byte[] bytes, SentTransaction? transaction)
    {
        var submission = new Submission(bytes, _clock.MonotonicMs);
        Waiting.Add((submission, transaction));
        if (transaction is not null)
        {
            transaction.MayBeRecorded++;
        }

        _verifier.Verify(submission, Core.State.Genesis.Hash, Core.Hints);
        Sometimes.Happened(submission.Seals is not null, "seals were checked ahead of the writer");
        _queue.Enqueue(submission);
        return submission;
    }

    public void Execute()
    {
        if (!_queue.TryPeek(out var submission))
        {
            return;
        }

        try
        {
            if (Core.TryExecute(submission, this))
            {
                _queue.Dequeue();
            }
        }
        catch (WritesStoppedException clockFault)
        {
            Sometimes.Happened("the clock stopped writing");
            submission.Fail(clockFault);
            _queue.Dequeue();
        }
        catch (StoreUnavailableException unavailable)
        {
            Sometimes.Happened("execution met an unavailable store");
            var fault = new WritesStoppedException(unavailable.Message, unavailable);
            Core.AbandonOpen(fault);
            submission.Fail(fault);
            _queue.Dequeue();
        }
    }

    public void ExpireDue()
    {
        try
        {
            Core.ExpireDue();
        }
        catch (WritesStoppedException)
        {
            Sometimes.Happened("the clock stopped expiry");
        }
        catch (StoreUnavailableException unavailable)
        {
            Sometimes.Happened("expiry met an unavailable store");
            Core.AbandonOpen(new WritesStoppedException(unavailable.Message, unavailable));
        }
    }

    public void Cut()
    {
        if (!Core.WantsCut)
        {
            Core.DropEmptyOpen();
            return;
        }

        try
        {
            var block = Core.Cut();
            Sometimes.Happened(block.Draft.Header.StateHeight < block.Draft.Header.Height, "a header carried an earlier state root");
            Sometimes.Happened(block.Append.Filters.Count > 0, "a stretch of ids was closed");
            Sometimes.Happened(block.Append.KeyChanges.Count > 0, "the sealing key was changed");
        }
        catch (WritesStoppedException clockFault)
        {
            Core.AbandonOpen(clockFault);
        }
    }

    public void Append()
    {
        if (Core.InFlight is { } block && _verdict is null)
        {
            _verdict = _appender.Append(block.Append);
        }
    }

    /// <summary>The core hears what became of its block.</summary>
    public void TakeVerdict()
    {
        if (_verdict is not { } verdict)
        {
            return;
        }

        _verdict = null;
        switch (verdict.Kind)
        {
            case AppendKind.Appended:
                Core.AppendSucceeded();
                break;
            case AppendKind.NotAppended:
                Sometimes.Happened(Core.Uncommitted().Count() > 1, "two blocks were taken back");
                Sometimes.Happened(_toCompute is not null, "a cut was waited for before its block was taken back");
                _toCompute?.Compute();
                _toCompute = null;
                Core.AppendFailed(new WritesStoppedException(verdict.Fault!.Message, verdict.Fault));
                break;
            default:
                Sometimes.Happened(verdict.Fault is FenceLostException, "the fence was lost");
                Stop(verdict.Fault!);
                break;
        }
    }

    public void ComputeCut()
    {
        _toCompute ??= Core.TakeCutToCompute();
        Sometimes.Happened(_toCompute is not null && Core.InFlight is null, "a cut was computed after its block was committed");
        _toCompute?.Compute();
        _toCompute = null;
    }

    public void WriteSnapshot()
    {
        _toCompute ??= Core.TakeCutToCompute();
        if (Core.TakeReadySnapshot() is not { } plan)
        {
            return;
        }

        var fault = SnapshotWriter.TryWrite(_store, _appender, ++_lastSnapshot, plan, CancellationToken.None);
        Sometimes.Happened(fault is null, "a snapshot was written");
        Sometimes.Happened(fault is not null, "a snapshot failed");
        Core.SnapshotEnded(plan, isCurrent: fault is null);
        Sometimes.Happened(fault is OutcomeUnknownException, "a snapshot of unknown outcome");
        if (fault is FenceLostException renewed && renewed.ExpectedEpoch != _appender.Epoch)
        {
            Sometimes.Happened("an append took a new epoch beside a snapshot");
        }
        else if (fault is FenceLostException lost)
        {
            Stop(lost);
        }
    }

    public void NoteHead()
    {
        try
        {
            _store.WriteHeadFile(Core.Committed.Height, Core.Committed.HeaderHash);
        }
        catch (StoreException)
        {
            Sometimes.Happened("the head file could not be written");
        }
    }

    private void Stop(Exception fault)
    {
        Stopped = true;
        var stopped = new ChainStoppedException(fault.Message, fault);
        if (Core.InFlight is not null)
        {
            Core.FailAll(new OutcomePendingException(fault.Message, fault));
        }
        else
        {
            Core.AbandonOpen(stopped);
        }

        foreach (var submission in _queue)
        {
            submission.Fail(stopped);
        }
    }
}
