using System.Runtime.InteropServices;
using Actors.Ledger.Hashing;
using Actors.Ledger.Pendings;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>
/// One block while it is made: begun at a time, filled with transactions in order, then finished into a
/// <see cref="BlockDraft"/>. Live execution and replay both go through here, so they cannot differ.
/// </summary>
internal sealed class BlockExecution
{
    private readonly ChainState _state;
    private readonly BlockWorkspace _work;
    private readonly ChainHead _previous;
    private readonly List<Settlement> _expiries = [];
    private readonly List<TransactionId> _ids = [];
    private PublicKey? _changedSealingKey;
    private int _settlements;

    /// <summary>Begins the next block: what is due expires first.</summary>
    public BlockExecution(ChainState state, ulong timeMs)
    {
        if (timeMs < state.Head.TimeMs)
        {
            throw new BrokenInvariantException($"block {state.Head.Height + 1} is stamped {timeMs}, before its predecessor's {state.Head.TimeMs}");
        }

        _state = state;
        _work = state.TakeWorkspace();
        _previous = state.Head;
        TimeMs = timeMs;
        state.Tables.Undo = _work.Undo;
        state.Accounts.Block = Height;
        state.Accounts.ForgetTouchesAfter(0);
        state.Journal.Clear();
        try
        {
            Expire();
        }
        catch
        {
            // A page could not be read. Nobody holds this block yet who could take back what has expired so far.
            Abandon();
            throw;
        }
    }

    public ulong Height => _previous.Height + 1;

    public ulong TimeMs { get; }

    public int TransactionCount => _ids.Count;

    public int OperationCount { get; private set; }

    /// <summary>Bytes of the transactions so far.</summary>
    public int Bytes => _work.Body.Length;

    /// <summary>Before-images so far, for reads as of the block before.</summary>
    public UndoLog Undo => _work.Undo;

    public bool IsEmpty => TransactionCount == 0 && _expiries.Count == 0;

    /// <summary>Whether the block limits of the genesis are kept, as a block filled by <see cref="HasRoomFor"/> keeps them.</summary>
    public bool IsWithinLimits => OperationCount <= _state.Genesis.Settings.BlockOperationsMax && Bytes <= _state.Genesis.Settings.BlockBytesMax;

    /// <summary>Whether the transaction fits the block limits of the genesis; into an empty block every transaction fits.</summary>
    public bool HasRoomFor(Transaction transaction) =>
        IsEmpty || (OperationCount + transaction.OperationCount <= _state.Genesis.Settings.BlockOperationsMax
            && _settlements < Limits.SettlementsPerTransactionMax
            && Bytes + transaction.Operations.Length + (Limits.SignaturesPerTransactionMax * 80) <= _state.Genesis.Settings.BlockBytesMax);

    /// <summary>
    /// Decides on a transaction whose signatures are good. Recorded (committed or refused): it is part of the block and its id is
    /// spent. Otherwise an answer, and nothing has changed.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="signers">Which keys signed it.</param>
    /// <param name="terms">What the writer adds; nothing where blocks are replayed.</param>
    public ExecutionResult Execute(Transaction transaction, ReadOnlySpan<Signer> signers, in WriterTerms terms = default)
    {
        if (_state.Ids.TryFind(transaction.Id, out var place))
        {
            return new ExecutionResult(Outcome.AlreadyCommitted, 0, place);
        }

        if (transaction.Expiry.Ms <= TimeMs)
        {
            return new ExecutionResult(Outcome.Expired, 0, default);
        }

        if (transaction.Expiry.Ms > TimeMs + _state.Genesis.Settings.ValidityMs)
        {
            return new ExecutionResult(Outcome.ExpiryTooFar, 0, default);
        }

        Span<PublicKey> keys = new PublicKey[signers.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = signers[i].Key;
        }

        var answer = _work.Authority.Run(transaction, keys, out var operation);
        if (answer != Outcome.Committed)
        {
            return new ExecutionResult(answer, operation, default);
        }

        var sealingKeySince = _state.Chain.SealingKeySince;
        var outcome = _work.Execution.Run(transaction, _work.Authority.Operations, Height, TimeMs, _work.Effects, terms);
        if (transaction.Kind == TransactionKind.Proven && outcome != Outcome.Committed)
        {
            return new ExecutionResult(outcome, _work.Execution.FailedOperation, default);
        }

        if (_state.Chain.SealingKeySince != sealingKeySince)
        {
            _changedSealingKey = _state.Chain.SealingKey;
        }

        WriteTransaction(transaction, signers);
        return Record(transaction, outcome);
    }

    /// <summary>
    /// Ends the block: roots, header, bytes. With <see cref="StateRootChoice.Now"/> the header carries this block's own state
    /// root; otherwise an earlier one, and the cut that a later header will carry may begin here.
    /// </summary>
    public BlockDraft Finish(StateRootChoice choice)
    {
        _state.Journal.AppendTo(_state.Channels);
        var effects = new BlockEffects(_work.Effects, _work.EffectEnds);
        effects.WriteExpiries(_expiries);
        effects.WritePackets(_state.Journal.Effects);
        effects.WriteTouches(_state.Accounts, Height);
        var cut = choice.Kind == StateRootKind.Carry ? null : _state.Tables.BeginCut();
        var (stateHeight, stateRoot) = choice.Kind == StateRootKind.Now ? (Height, cut!.Compute().Root) : (choice.Height, choice.Root);
        var header = new BlockHeader
        {
            Genesis = _state.Genesis.Hash,
            Height = new Height(Height),
            Previous = _previous.HeaderHash,
            Time = new Timestamp(TimeMs),
            TransactionsRoot = TransactionsRoot(),
            SignaturesRoot = Root(_work.Signatures, _work.SignatureEnds),
            OutcomesRoot = Root(_work.Effects, _work.EffectEnds),
            StateHeight = new Height(stateHeight),
            StateRoot = stateRoot,
            ChannelsRoot = _state.Channels.Root(),
            HistoryRoot = _previous.History.Root(),
            TransactionCount = (uint)TransactionCount,
            OperationCount = (uint)OperationCount,
            ExpiryCount = (uint)_expiries.Count,
            PacketCount = (uint)_state.Journal.Effects.Length,
            TouchCount = (uint)_state.Accounts.Touches.Length,
            StateCut = choice.Kind == StateRootKind.CarryAndCut,
        };
        var encoded = header.Encode();
        var hash = Sha256.Of(encoded);
        _state.Head = _previous.After(Height, hash, TimeMs, stateHeight, stateRoot);
        var forgotten = _state.Ids.ForgetBefore(TimeMs);
        return new BlockDraft(_state, header, encoded, hash, Body(), _previous, _work, _ids, forgotten, cut, _changedSealingKey);
    }

    /// <summary>Takes back everything this unfinished block changed.</summary>
    public void Abandon()
    {
        _work.Undo.RollBackTo(0);
        _state.Journal.Clear();
        _state.Reindex();
        _ids.ForEach(id => _state.Ids.Remove(id));
        _state.GiveBack(_work);
    }

    private void Expire()
    {
        while (_expiries.Count < Limits.ExpiriesPerBlockMax && _state.Pendings.TryNextDue(TimeMs, out var number))
        {
            var pending = _state.Pendings.Read(number);
            for (var i = 0UL; i < pending.GroupSize; i++)
            {
                _expiries.Add(PendingPosting.Settle(_state, pending.GroupFirst + i, PendingState.Expired, part: null));
            }
        }
    }

    private void WriteTransaction(Transaction transaction, ReadOnlySpan<Signer> signers)
    {
        _work.Body.U48(transaction.Expiry.Ms);
        _work.Body.U8((byte)transaction.Kind);
        _work.Body.Varint((ulong)transaction.OperationCount);
        _work.Body.Sized(transaction.Operations.Span);
        _work.Signed.Bytes(transaction.Signed);
        var start = _work.Signatures.Length;
        _work.Signatures.U8(_work.Authority.ReferenceCount);
        for (var i = 0; i < signers.Length; i++)
        {
            if (_work.Authority.References[i] is { } reference)
            {
                reference.Write(_work.Signatures);
                _work.Signatures.Bytes(signers[i].Signature.AsSpan());
            }
        }

        _work.SignatureEnds.Add(_work.Signatures.Length);
        _work.Body.Sized(_work.Signatures.Written[start..]);
    }

    private ExecutionResult Record(Transaction transaction, Outcome outcome)
    {
        _work.EffectEnds.Add(_work.Effects.Length);
        var place = new TransactionPlace(new Height(Height), _ids.Count);
        _state.Ids.Add(transaction.Id, place);
        _ids.Add(transaction.Id);
        OperationCount += transaction.OperationCount;
        _settlements += _work.Execution.SettlementCount;
        return new ExecutionResult(outcome, 0, place) { IsRecorded = true };
    }

    private Hash256 TransactionsRoot()
    {
        var hashes = new Hash256[TransactionCount];
        Sha256.ManyFixed(0, _work.Signed.Written, SignedBytes.Size, hashes);
        return MerkleTree.Root(hashes);
    }

    private static Hash256 Root(WireWriter leaves, List<int> ends)
    {
        var hashes = new Hash256[ends.Count];
        MerkleTree.LeafHashes(leaves.Written, CollectionsMarshal.AsSpan(ends), hashes);
        return MerkleTree.Root(hashes);
    }

    private ReadOnlyMemory<byte> Body()
    {
        var start = 0;
        foreach (var end in _work.EffectEnds)
        {
            _work.Body.Sized(_work.Effects.Written[start..end]);
            start = end;
        }

        return _work.Body.WrittenMemory;
    }
}
