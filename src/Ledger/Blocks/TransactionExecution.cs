using System.Runtime.InteropServices;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>
/// Executes one authorized transaction after the other against the state: run by run, each run all or nothing, the whole
/// transaction all or nothing when it is atomic. What is refused is rolled back exactly, numbers handed out included. One per
/// chain, reused.
/// </summary>
internal sealed class TransactionExecution(ChainState state)
{
    private readonly List<(ulong Number, ulong Count)> _created = [];
    private readonly List<Settlement> _settlements = [];
    private readonly List<OperationResult> _results = [];
    private readonly List<WrittenAcknowledgement> _acknowledgements = [];
    private (int Sent, int Effects) _journal;
    private int _headers;
    private ulong _headerAdvanceMs;

    public ChainState State => state;

    public ulong Height { get; private set; }

    public ulong TimeMs { get; private set; }

    /// <summary>The group that the pendings being executed form.</summary>
    public PendingGroup Group { get; } = new();

    /// <summary>Pendings that the transaction has settled so far, and packets that it has received or refunded.</summary>
    public int SettlementCount => _settlements.Count + (state.Journal.Mark.Effects - _journal.Effects);

    /// <summary>The operation being executed.</summary>
    public int Operation => _results.Count;

    /// <summary>Seals of the transaction that somebody checked ahead; null when nobody did.</summary>
    public CheckedSeals? Seals { get; private set; }

    /// <summary>The operation that the outcome of the last run is about.</summary>
    public int FailedOperation { get; private set; }

    /// <summary>Scratch for the packet being sent.</summary>
    public WireWriter Packet { get; } = new();

    /// <summary>
    /// Executes the transaction and appends its effect leaf (docs/wire-format.md section 6). One that rests on proof leaves nothing, no leaf
    /// either, unless it is committed.
    /// </summary>
    public Outcome Run(Transaction transaction, ReadOnlySpan<Outcome> standing, ulong height, ulong timeMs, WireWriter leaf, in WriterTerms terms = default)
    {
        Seals = terms.Seals;
        Height = height;
        TimeMs = timeMs;
        _created.Clear();
        _settlements.Clear();
        _results.Clear();
        _acknowledgements.Clear();
        FailedOperation = 0;
        _journal = state.Journal.Mark;
        _headers = 0;
        _headerAdvanceMs = 0;
        var mark = Mark();
        for (var first = 0; first < transaction.OperationCount;)
        {
            var end = RunEnd(transaction, first);
            var failed = ExecuteRun(transaction, first, end, standing);
            if (failed >= 0 && Refuses(transaction.Kind, _results[failed].Outcome))
            {
                RollBack(mark);
                FailedOperation = failed;
                if (transaction.Kind == TransactionKind.Atomic)
                {
                    WriteRefused(leaf, _results[failed].Outcome, failed);
                }

                return _results[failed].Outcome;
            }

            first = end;
        }

        if (transaction.Kind == TransactionKind.Proven)
        {
            var news = _results.Count(result => result.Outcome == Outcome.Committed);
            if (news == 0)
            {
                FailedOperation = _results.Count - 1;
                return _results[^1].Outcome;
            }

            if (news == _headers && _headerAdvanceMs < terms.HeaderAdvanceMinMs)
            {
                RollBack(mark);
                FailedOperation = _results.FindIndex(result => result.Outcome == Outcome.Committed);
                return Outcome.HeaderNotNeeded;
            }
        }

        WriteExecuted(leaf);
        return Outcome.Committed;
    }

    public Outcome Peer(EntityReference reference, out uint number) => Find(reference, state.Peers.Count, Outcome.PeerNotFound, out number);

    public Outcome Channel(EntityReference reference, out uint number) => Find(reference, state.Channels.Count, Outcome.ChannelNotFound, out number);

    public Outcome Keyset(EntityReference reference, out uint number) => Find(reference, state.Keysets.Count, Outcome.KeysetNotFound, out number);

    public Outcome Asset(EntityReference reference, out uint number) => Find(reference, state.Assets.Count, Outcome.AssetNotFound, out number);

    public Outcome Pending(EntityReference reference, out ulong number) =>
        Find(reference, state.Pendings.Count, Outcome.PendingNotFound, out number);

    public Outcome Account(in AccountReference reference, Outcome whenMissing, out ulong number)
    {
        number = reference.Value;
        if (!reference.IsCreated)
        {
            return state.Accounts.Exists(number) ? Outcome.Committed : whenMissing;
        }

        var (first, count) = _created[(int)reference.Value];
        number = first + reference.Offset;
        return first == 0 ? Outcome.ReferenceNotCreated
            : reference.Offset >= count ? whenMissing
            : Outcome.Committed;
    }

    /// <summary>Notes what the operation being executed created: one thing, or <paramref name="count"/> accounts from this number on.</summary>
    public void Created(ulong number, ulong count = 1) => _created[^1] = (number, count);

    /// <summary>Notes that the operation being executed took a newer header of a peer, by so much later than the one held, and no change of its key.</summary>
    public void TookHeader(ulong advanceMs)
    {
        _headers++;
        _headerAdvanceMs = Math.Max(_headerAdvanceMs, advanceMs);
    }

    /// <summary>Notes how a pending ended through the operation being executed.</summary>
    public void Settled(in Settlement settlement) => _settlements.Add(settlement);

    /// <summary>Notes what the receive being executed wrote, after the acknowledgement of block <paramref name="before"/> (0: none).</summary>
    public void Acknowledged(byte[] leaf, ulong before) => _acknowledgements.Add(new WrittenAcknowledgement(leaf, new Height(before)));

    /// <summary>Whether an operation's refusal is the transaction's. One that rests on proof goes on where an operation was done before.</summary>
    private static bool Refuses(TransactionKind kind, Outcome outcome) =>
        kind == TransactionKind.Atomic || (kind == TransactionKind.Proven && !outcome.IsDoneBefore());

    private static int RunEnd(Transaction transaction, int first)
    {
        var end = first;
        while (new OperationFlags(transaction.Operation(end)[1]).Linked)
        {
            end++;
        }

        return end + 1;
    }

    /// <summary>Executes a run; on a refusal rolls it back and returns which operation was refused, else -1.</summary>
    private int ExecuteRun(Transaction transaction, int first, int end, ReadOnlySpan<Outcome> standing)
    {
        var mark = Mark();
        Group.Begin(IsGroup(transaction, first, end) ? end - first : 1);
        for (var i = first; i < end; i++)
        {
            var outcome = ExecuteOne(transaction.Operation(i), standing[i]);
            if (outcome != Outcome.Committed)
            {
                RollBack(mark);
                RefuseRun(transaction, first, end, i, outcome);
                return i;
            }
        }

        return -1;
    }

    private Outcome ExecuteOne(ReadOnlySpan<byte> operation, Outcome standing)
    {
        var reader = new WireReader(operation);
        var kind = OperationKinds.Next(ref reader, out var flags);
        var creates = kind.Creates != CreatedKind.None;
        if (creates)
        {
            _created.Add((0, 0));
        }

        var settlements = _settlements.Count;
        var acknowledgements = _acknowledgements.Count;
        var outcome = standing != Outcome.Committed ? standing : kind.Execute(ref reader, flags, this);
        _results.Add(new OperationResult(outcome, creates, creates ? _created[^1].Number : 0, settlements, _settlements.Count - settlements)
        {
            Acknowledgement = _acknowledgements.Count > acknowledgements ? _acknowledgements[^1] : null,
        });
        return outcome;
    }

    private void RefuseRun(Transaction transaction, int first, int end, int failed, Outcome outcome)
    {
        for (var i = failed + 1; i < end; i++)
        {
            var reader = new WireReader(transaction.Operation(i));
            var creates = OperationKinds.Next(ref reader, out _).Creates != CreatedKind.None;
            if (creates)
            {
                _created.Add((0, 0));
            }

            _results.Add(new OperationResult(outcome, creates, 0, 0, 0));
        }

        var created = _created.Count;
        for (var i = end - 1; i >= first; i--)
        {
            if (_results[i].Creates)
            {
                _created[--created] = (0, 0);
            }

            _results[i] = new OperationResult(i == failed ? outcome : Outcome.LinkedOperationRefused, _results[i].Creates, 0, 0, 0);
        }
    }

    private static bool IsGroup(Transaction transaction, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (transaction.Operation(i)[0] != (byte)OperationType.Pending)
            {
                return false;
            }
        }

        return end - first > 1;
    }

    private Outcome Find(EntityReference reference, ulong count, Outcome whenMissing, out uint number)
    {
        var outcome = Find(reference, count, whenMissing, out ulong found);
        number = (uint)found;
        return outcome;
    }

    private Outcome Find(EntityReference reference, ulong count, Outcome whenMissing, out ulong number)
    {
        number = reference.IsCreated ? _created[(int)reference.Value].Number : reference.Value;
        return number == 0 ? Outcome.ReferenceNotCreated
            : number > count ? whenMissing
            : Outcome.Committed;
    }

    private Marks Mark() => new(state.Tables.Undo.Mark, state.Accounts.Touches.Length, _settlements.Count, state.Journal.Mark);

    private void RollBack(in Marks marks)
    {
        state.Tables.Undo.RollBackTo(marks.Undo);
        state.Accounts.ForgetTouchesAfter(marks.Touches);
        CollectionsMarshal.SetCount(_settlements, marks.Settlements);
        state.Journal.RollBackTo(marks.Journal);
        state.Reindex();
    }

    private static void WriteRefused(WireWriter leaf, Outcome outcome, int operation)
    {
        leaf.U8(EffectLeaf.TransactionTag);
        leaf.Varint((ulong)outcome);
        leaf.Varint((ulong)operation);
        leaf.Varint(0);
    }

    private void WriteExecuted(WireWriter leaf)
    {
        leaf.U8(EffectLeaf.TransactionTag);
        leaf.Varint((ulong)Outcome.Committed);
        var entries = 0;
        foreach (var result in _results)
        {
            entries += result.HasEntry ? 1 : 0;
        }

        leaf.Varint((ulong)entries);
        var next = 0;
        for (var i = 0; i < _results.Count && entries > 0; i++)
        {
            if (_results[i].HasEntry)
            {
                leaf.Varint((ulong)(i - next));
                _results[i].Write(leaf, _settlements);
                next = i + 1;
            }
        }
    }

    /// <summary>What to take back to.</summary>
    private readonly record struct Marks(int Undo, int Touches, int Settlements, (int Sent, int Effects) Journal);
}
