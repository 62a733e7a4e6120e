using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Engine.History;
using Actors.Engine.Intake;
using Actors.Engine.Reads;
using Actors.Engine.Relays;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Chains;

/// <summary>
/// The one writer of a chain, as a state machine without threads: it executes verified submissions into the open block, cuts and
/// seals it when told, and learns whether the append succeeded. At most two blocks are uncommitted: one in flight to the store,
/// one open. The threaded loop and the simulator drive the same code.
/// </summary>
internal sealed class ChainCore
{
    private readonly ChainState _state;
    private readonly ISealingKeys _keys;
    private readonly ClockGuard _clock;
    private readonly ChainOptions _options;
    private readonly IdStretch _stretch;
    private readonly RootSchedule _roots;
    private readonly SnapshotSchedule _snapshots;
    private readonly KeptDue _due;
    private HistoryTiles _tiles;
    private readonly List<KeyChange> _keyChanges;
    private PublicKey _sealingKey;
    private BlockExecution? _open;
    private List<Submission> _openSubmissions = [];
    private List<(Submission, TransactionPlace)> _openDuplicates = [];
    private List<ProofRequest> _proofs = [];

    public ChainCore(RecoveredChain recovered, ISealingKeys keys, ClockGuard clock, ChainOptions options)
    {
        _state = recovered.State;
        _keys = keys;
        _clock = clock;
        _options = options;
        _tiles = recovered.Tiles;
        _stretch = recovered.Stretch;
        _keyChanges = [.. recovered.KeyChanges];
        _sealingKey = recovered.State.Chain.SealingKey;
        _roots = new RootSchedule(recovered.State, clock, options);
        _snapshots = new SnapshotSchedule(recovered.State, clock, options, recovered.LogBytesSinceSnapshot);
        _due = new KeptDue(recovered.State, recovered.Channels);
        Committed = recovered.Head;
        Channels = recovered.Channels;
        Hints = new SealHints(recovered.State);
    }

    public ChainState State => _state;

    public CommittedHead Committed { get; private set; }

    /// <summary>Channels as of <see cref="Committed"/>.</summary>
    public CommittedChannels Channels { get; }

    /// <summary>For whoever checks seals before a transaction is executed here.</summary>
    public SealHints Hints { get; }

    /// <summary>All changes of the sealing key that are durable, in order.</summary>
    public IReadOnlyList<KeyChange> KeyChangesSoFar => _keyChanges;

    public PreparedBlock? InFlight { get; private set; }

    /// <summary>The open block records something, expires something, or somebody asked for it.</summary>
    public bool WantsCut => (_open is { IsEmpty: false } || _proofs.Count > 0) && InFlight is null && !MustAwaitCut;

    /// <summary>Monotonic time at which the oldest transaction of the open block was admitted.</summary>
    public long OldestAdmittedAtMs => _openSubmissions.Count > 0 ? _openSubmissions[0].AdmittedAtMs : long.MinValue;

    public bool IsFull { get; private set; }

    public ulong? NextDueMs => _state.Pendings.NextDueMs();

    /// <summary>The store keeps when the chain is to be woken.</summary>
    public bool KeepsDue { get; init; }

    /// <summary>The state cut that somebody else must compute now, once each.</summary>
    public StateCut? TakeCutToCompute() => _roots.TakeToCompute();

    /// <summary>A snapshot whose pages are frozen, hashed and durable as blocks: ready to be written. Once each.</summary>
    public SnapshotPlan? TakeReadySnapshot()
    {
        NoteComputedCut();
        return _snapshots.TakeReady();
    }

    // A proof needs a root of its own, and roots come one at a time; so does a block whose root would be too old.
    private bool MustAwaitCut => _roots.IsComputing && (_proofs.Count > 0 || (_open is { } open && _roots.IsTooOldFor(open)));

    /// <summary>
    /// Executes a verified submission into the open block. False when the block has no room for it: cut first, offer it again.
    /// Answers it at once when it is not recorded.
    /// </summary>
    /// <exception cref="WritesStoppedException">The clock is wrong, or the sealing key missing; the submission was not touched.</exception>
    public bool TryExecute(Submission submission, ICoreAnswers answers)
    {
        if (submission.Transaction is not { } transaction)
        {
            submission.Complete(submission.Refusal!);
            return true;
        }

        var open = Open();
        if (!_state.Ids.TryFind(transaction.Id, out _) && IsAnswered(submission, transaction, open.TimeMs, answers))
        {
            return true;
        }

        if (!open.HasRoomFor(transaction))
        {
            IsFull = true;
            return false;
        }

        var result = open.Execute(transaction, submission.Signers, TermsOf(submission, open));
        Note(submission, transaction, result, answers);
        if (result.IsRecorded)
        {
            Hints.Note(_state, transaction);
        }

        return true;
    }

    /// <summary>
    /// Where a transaction stands whose block is durable, if the state still knows its id; otherwise whether it may still come to be
    /// recorded (or is being recorded now).
    /// </summary>
    public (TransactionPlace? Place, bool MayBeRecorded) Find(TransactionId id)
    {
        if (_state.Ids.TryFind(id, out var place))
        {
            return place.Height.Value <= Committed.Height ? (place, false) : (null, true);
        }

        return (null, id.Expiry.Ms > (_open?.TimeMs ?? _clock.NoEarlierThan(_state.Head.TimeMs)));
    }

    /// <summary>A pending is due and no block is open at whose start it would have expired.</summary>
    public bool IsDue => _open is null && NextDueMs is { } due && due <= _clock.UnixMs;

    /// <summary>Opens a block if a pending is due, so that it expires.</summary>
    public void ExpireDue()
    {
        if (IsDue)
        {
            Open();
        }
    }

    /// <summary>Asks for a proof of an account as of a block that carries its own state root; makes one be sealed.</summary>
    public void Request(ProofRequest request) => _proofs.Add(request);

    /// <summary>Gives up an open block that came to nothing, so that the next one is stamped anew.</summary>
    public void DropEmptyOpen()
    {
        if (_open is { IsEmpty: true } && _proofs.Count == 0)
        {
            _open.Abandon();
            _open = null;
        }
    }

    /// <summary>Ends the open block, seals it, and hands it out to be appended. <see cref="WantsCut"/> MUST hold.</summary>
    public PreparedBlock Cut()
    {
        var open = Open();
        NoteComputedCut();
        var draft = open.Finish(_roots.Choose(open, isProven: _proofs.Count > 0, isCut: _snapshots.IsDue));
        _roots.Ended(draft);
        var snapshot = _snapshots.Plan(draft.Cut);
        CompleteProofs(draft);
        var seal = _keys.Sign(_sealingKey, draft.EncodedHeader);
        var bytes = draft.Encode(seal);
        var height = draft.Header.Height.Value;
        var filter = _stretch.ClosedBy(height, draft.Header.Time.Ms, draft.Ids);
        var completed = new List<HistoryTile>();
        var tiles = _tiles.Next(height, draft.Hash, completed);
        var channels = BlockChannels.Of(_state, draft, _openSubmissions);
        var append = new BlockAppend(height, Committed.HeaderHash, draft.Hash, draft.Header.Time.Ms, bytes, filter is null ? [] : [filter], completed, KeyChanges(draft, bytes))
        {
            Due = KeepsDue ? _due.After(draft.Header.Time.Ms, channels) : null,
        };
        InFlight = new PreparedBlock(draft, append)
        {
            Submissions = _openSubmissions,
            Duplicates = _openDuplicates,
            Proofs = draft.Header.StateHeight == draft.Header.Height ? _proofs : [],
            Tiles = tiles,
            SealingKeyBefore = _sealingKey,
            Snapshot = snapshot,
            Channels = channels,
        };
        _sealingKey = draft.ChangedSealingKey ?? _sealingKey;
        _snapshots.LogGrew(bytes.Length);
        _proofs = draft.Header.StateHeight == draft.Header.Height ? [] : _proofs;
        _openSubmissions = [];
        _openDuplicates = [];
        _open = null;
        IsFull = false;
        return InFlight;
    }

    /// <summary>The block in flight is durable: this is the moment it happened. Answers everybody who waits for it.</summary>
    public void AppendSucceeded()
    {
        var block = InFlight!;
        InFlight = null;
        Committed = CommittedHead.Of(block);
        Channels.Apply(block.Channels);
        if (block.Append.Due is { } due)
        {
            _due.Written(due);
        }

        _tiles = block.Tiles;
        _stretch.Add(Committed.Height, Committed.TimeMs, block.Draft.Ids, block.Append.Filters.Count > 0);
        if (block.Snapshot is { } snapshot)
        {
            snapshot.IsCommitted = true;
        }

        _keyChanges.AddRange(block.Append.KeyChanges.Select(change => KeyChangeCodec.Decode(change)));
        BlockAnswers.Complete(block, AnchorOf);
        block.Draft.Release();
        _state.Tables.Evict(_options.PageCacheBytesMax);
    }

    /// <summary>
    /// The block in flight is certainly not in the store: takes it and the open block back, numbers handed out included, and
    /// answers all that wait with the fault. No cut may be being computed meanwhile.
    /// </summary>
    public void AppendFailed(Exception fault)
    {
        AbandonOpen(fault);
        var block = InFlight!;
        InFlight = null;
        _roots.Forget(block.Draft.Cut);
        NoteComputedCut();
        block.Draft.RollBack();
        _sealingKey = block.SealingKeyBefore;
        _roots.RolledBack();
        if (block.Snapshot is not null)
        {
            SnapshotEnded(block.Snapshot, isCurrent: false);
        }

        _snapshots.LogGrew(-block.Append.Bytes.Length);
        block.Submissions.ForEach(submission => submission.Fail(fault));
        block.Duplicates.ForEach(duplicate => duplicate.Submission.Fail(fault));
        block.Proofs.ForEach(proof => proof.Fail(fault));
    }

    /// <summary>The writer ends without knowing what became of the block in flight: all that wait hear so.</summary>
    public void FailAll(Exception fault)
    {
        var block = InFlight!;
        AbandonOpen(fault);
        block.Submissions.ForEach(submission => submission.Fail(fault));
        block.Duplicates.ForEach(duplicate => duplicate.Submission.Fail(fault));
        block.Proofs.ForEach(proof => proof.Fail(fault));
    }

    /// <summary>Answers all that wait for the open block with a fault and takes it back.</summary>
    public void AbandonOpen(Exception fault)
    {
        _open?.Abandon();
        _open = null;
        IsFull = false;
        _openSubmissions.ForEach(submission => submission.Fail(fault));
        _openDuplicates.ForEach(duplicate => duplicate.Item1.Fail(fault));
        _proofs.ForEach(proof => proof.Fail(fault));
        _openSubmissions = [];
        _openDuplicates = [];
        _proofs = [];
    }

    /// <inheritdoc cref="SnapshotSchedule.Ended"/>
    public void SnapshotEnded(SnapshotPlan plan, bool isCurrent) => _snapshots.Ended(plan, isCurrent);

    /// <summary>
    /// What the store is to keep of when the chain is due, at the head and while nothing is under way; null while something is, or is due now: the block that
    /// comes of it takes that along. Until <see cref="DueWritten"/> it is not known what the store keeps.
    /// </summary>
    public (ulong Height, DueNote Due)? TakeDueAtHead(ulong nowMs)
    {
        if (InFlight is not null || _open is not null || NextDueMs <= nowMs)
        {
            return null;
        }

        return (Committed.Height, _due.Idle(nowMs, Committed.TimeMs));
    }

    /// <summary>The store keeps this, as of that height.</summary>
    public void DueWritten(ulong height, DueNote due)
    {
        if (height == Committed.Height && InFlight is null)
        {
            _due.Written(due);
        }
    }

    /// <summary>What ties a committed header (with its seal) to the genesis.</summary>
    public Anchor AnchorOf(ReadOnlyMemory<byte> signedHeader) => AccountProofs.AnchorOf(_state.Genesis, _keyChanges, signedHeader.Span);

    /// <summary>Before-images of blocks that readers must not see yet, oldest first.</summary>
    public IEnumerable<UndoLog> Uncommitted()
    {
        if (InFlight is { } block)
        {
            yield return block.Draft.Undo;
        }

        if (_open is not null)
        {
            yield return _open.Undo;
        }
    }

    // In the order of docs/outcomes.md: what has expired may still be known, and what is known is answered before all else.
    private bool IsAnswered(Submission submission, Transaction transaction, ulong timeMs, ICoreAnswers answers)
    {
        if (transaction.Expiry.Ms <= timeMs)
        {
            answers.AnswerExpired(submission, Committed.Height);
            return true;
        }

        if ((submission.Refusal ?? FindUnknownSealingKey(transaction)) is not { } refusal)
        {
            return false;
        }

        submission.Complete(refusal);
        return true;
    }

    // Headers alone make no block, or anybody could play those of two idle chains back and forth: each would be news to the other for ever.
    private WriterTerms TermsOf(Submission submission, BlockExecution open)
    {
        var isIdle = open.IsEmpty && open.TimeMs - _state.Head.TimeMs >= (ulong)_options.HeadersAloneIdleMs;
        return new WriterTerms(submission.Seals, isIdle ? 0 : (ulong)_options.HeadersAloneAdvanceMs);
    }

    private BlockExecution Open() => _open ??= Begin();

    /// <exception cref="WritesStoppedException">The clock is wrong, or the block could not be sealed.</exception>
    private BlockExecution Begin() => _keys.Holds(_sealingKey)
        ? new BlockExecution(_state, _clock.Stamp(_state.Head.TimeMs))
        : throw new WritesStoppedException($"the private key of {_sealingKey}, which seals the next block, is not here or cannot be read; put its file back among the chain's sealing keys");

    private void Note(Submission submission, Transaction transaction, in ExecutionResult result, ICoreAnswers answers)
    {
        submission.Execution = result;
        if (result.IsRecorded)
        {
            _openSubmissions.Add(submission);
        }
        else if (result.Outcome == Outcome.AlreadyCommitted)
        {
            NoteDuplicate(submission, result.Place, answers);
        }
        else
        {
            submission.Complete(NotRecorded.Describe(transaction, result, _open!.TimeMs, _state.Genesis.Settings.ValidityMs));
        }
    }

    private void NoteDuplicate(Submission submission, TransactionPlace place, ICoreAnswers answers)
    {
        if (place.Height.Value <= Committed.Height)
        {
            answers.AnswerAlreadyCommitted(submission, place);
        }
        else if (InFlight is { } block && place.Height == block.Draft.Header.Height)
        {
            block.Duplicates.Add((submission, place));
        }
        else
        {
            _openDuplicates.Add((submission, place));
        }
    }

    private SubmissionResult? FindUnknownSealingKey(Transaction transaction)
    {
        for (var i = 0; i < transaction.OperationCount; i++)
        {
            if (transaction.Operation(i)[0] == (byte)OperationType.ChangeSealingKey
                && OperationCodec.Read(transaction.Operation(i)) is Ledger.Chains.ChangeSealingKey change
                && !_keys.Holds(change.Key))
            {
                return new SubmissionResult(Outcome.SealingKeyUnknown)
                {
                    Id = transaction.Id,
                    Operation = i,
                    Detail = $"this node does not hold the private key of {change.Key}; let it prepare one and name that",
                };
            }
        }

        return null;
    }

    private void NoteComputedCut()
    {
        if (_roots.TakeComputed() is { } cut)
        {
            _snapshots.Computed(cut);
        }
    }

    private void CompleteProofs(BlockDraft draft)
    {
        if (draft.Header.StateHeight == draft.Header.Height)
        {
            _proofs.ForEach(proof => AccountProofs.Freeze(proof, _state, draft.Cut!.Roots!));
        }
    }

    private static IReadOnlyList<byte[]> KeyChanges(BlockDraft draft, byte[] bytes) =>
        draft.ChangedSealingKey is null ? [] : [KeyChangeCodec.Encode(KeyChange.Build(Block.Parse(bytes)))];
}
