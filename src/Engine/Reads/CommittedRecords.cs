using Actors.Engine.Chains;
using Actors.Ledger.State;

namespace Actors.Engine.Reads;

/// <summary>
/// Records as of the newest durable block, whatever was executed since: the oldest before-image among uncommitted blocks, else what
/// stands. Used on the chain's loop only.
/// </summary>
internal static class CommittedRecords
{
    public static ulong Count(ChainCore core, TableId id)
    {
        var table = core.State.Tables[id];
        foreach (var undo in core.Uncommitted())
        {
            if (undo.TryFindFirstCount(table, out var count))
            {
                return count;
            }
        }

        return table.Count;
    }

    /// <summary>The record; false when there is none with this number, or only its page's hash is kept.</summary>
    public static bool TryRead<TRecord>(ChainCore core, TableId id, ulong number, out TRecord record) where TRecord : unmanaged
    {
        record = default;
        var table = core.State.Tables[id];
        if (number == 0 || number > Count(core, id) || !table.IsKept(number))
        {
            return false;
        }

        Span<byte> image = stackalloc byte[table.Shape.RecordBytes];
        foreach (var undo in core.Uncommitted())
        {
            if (undo.TryFindFirst(table, number - 1, image))
            {
                record = RecordLayout.As<TRecord>(image);
                return true;
            }
        }

        record = RecordLayout.As<TRecord>(table.Read(number));
        return true;
    }
}
