namespace Actors.Ledger.Pendings;

/// <summary>
/// The group that a linked run of pendings forms while it is executed: all have one timeout and one decider, and know the first
/// one's number and how many they are. A pending outside such a run is a group of one.
/// </summary>
internal sealed class PendingGroup
{
    private Timestamp _timeout;
    private uint _decider;

    public ulong First { get; private set; }

    /// <summary>Pendings in the run; 1 outside a group.</summary>
    public int Size { get; private set; } = 1;

    public void Begin(int size)
    {
        Size = size;
        First = 0;
    }

    /// <summary>Whether a pending with this timeout and decider fits the pendings of the group before it.</summary>
    public bool Admits(Timestamp timeout, uint decider) => Size == 1 || First == 0 || (timeout == _timeout && decider == _decider);

    /// <summary>Notes a pending that was opened and gives the number of the group's first one.</summary>
    public ulong Join(ulong number, Timestamp timeout, uint decider)
    {
        if (Size == 1)
        {
            return number;
        }

        if (First == 0)
        {
            First = number;
            _timeout = timeout;
            _decider = decider;
        }

        return First;
    }
}
