using System.Runtime.InteropServices;
using Actors.Ledger.Pendings;

namespace Actors.Engine.Chains;

/// <summary>Which pages of pendings need no more than their hash.</summary>
internal static class PendingPages
{
    /// <summary>All 64 slots were handed out and none is open.</summary>
    public static bool AreFinished(ReadOnlySpan<byte> page)
    {
        foreach (ref readonly var pending in MemoryMarshal.Cast<byte, PendingRecord>(page))
        {
            if (pending.State is PendingState.None or PendingState.Open)
            {
                return false;
            }
        }

        return true;
    }
}
