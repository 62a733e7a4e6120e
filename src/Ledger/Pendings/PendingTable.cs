using Actors.Ledger.State;

namespace Actors.Ledger.Pendings;

/// <summary>Pendings, and which of them are due next: a queue in memory, rebuilt from the open records.</summary>
internal sealed class PendingTable(PagedTable pendings)
{
    private const int QueueMin = 16_384;
    private readonly PriorityQueue<ulong, (ulong TimeoutMs, ulong Number)> _due = new();
    private int _dropStaleAt = QueueMin;

    public ulong Count => pendings.Count;

    /// <summary>
    /// Open pendings. A snapshot keeps this number: a page that lost its bytes looks like one whose pendings are all finished, and only
    /// the number of those that are not tells.
    /// </summary>
    public ulong OpenCount { get; private set; }

    public bool Exists(ulong number) => number > 0 && number <= pendings.Count;

    /// <summary>False when the record's page was kept only as its hash: the pending is finished.</summary>
    public bool IsKept(ulong number) => pendings.IsKept(number);

    public ref readonly PendingRecord Read(ulong number) => ref RecordLayout.As<PendingRecord>(pendings.Read(number));

    public ref PendingRecord Write(ulong number) => ref RecordLayout.As<PendingRecord>(pendings.Write(number));

    public ulong Open(in PendingRecord record)
    {
        var number = pendings.Add();
        Write(number) = record;
        _due.Enqueue(number, (record.TimeoutMs, number));
        OpenCount++;
        DropStale();
        return number;
    }

    /// <summary>The next open pending whose timeout is at or before <paramref name="timeMs"/>, in order of timeout and number.</summary>
    public bool TryNextDue(ulong timeMs, out ulong number)
    {
        while (_due.TryPeek(out number, out var due))
        {
            if (!IsStale(number, due.TimeoutMs))
            {
                return due.TimeoutMs <= timeMs;
            }

            _due.Dequeue();
        }

        return false;
    }

    /// <summary>When the next open pending is due, or nothing.</summary>
    public ulong? NextDueMs() => TryNextDue(ulong.MaxValue, out var number) ? Read(number).TimeoutMs : null;

    /// <summary>The pending has ended.</summary>
    public void Ended() => OpenCount--;

    /// <summary>A roll-back is about to bring this record back to what it was.</summary>
    public void Restoring(ulong number) => OpenCount -= Read(number).State == PendingState.Open ? 1UL : 0;

    /// <summary>A roll-back brought this record back; if it is open again it is due again.</summary>
    public void Restored(ulong number)
    {
        if (Read(number) is { State: PendingState.Open } record)
        {
            OpenCount++;
            _due.Enqueue(number, (record.TimeoutMs, number));
        }
    }

    /// <summary>Fills the queue from the records of a loaded snapshot, and counts the open ones.</summary>
    public void LoadDue()
    {
        OpenCount = 0;
        for (ulong number = 1; number <= Count; number++)
        {
            if (IsKept(number))
            {
                Restored(number);
            }
            else
            {
                number = ((number - 1) | (TableShape.PageRecords - 1)) + 1;
            }
        }
    }

    // Most pendings end long before their timeout; without this they would stay in the queue until then.
    private void DropStale()
    {
        if (_due.Count < _dropStaleAt)
        {
            return;
        }

        var open = _due.UnorderedItems.Where(entry => !IsStale(entry.Element, entry.Priority.TimeoutMs)).ToList();
        _due.Clear();
        _due.EnqueueRange(open);
        _dropStaleAt = Math.Max(QueueMin, 2 * open.Count);
    }

    private bool IsStale(ulong number, ulong timeoutMs) =>
        !Exists(number) || !IsKept(number) || Read(number).State != PendingState.Open || Read(number).TimeoutMs != timeoutMs;
}
