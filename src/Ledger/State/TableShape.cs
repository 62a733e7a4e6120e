using System.Numerics;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.State;

/// <summary>
/// How a table of <paramref name="RecordBytes"/>-byte records lies in pages of 64 slots and in the state tree. All of it follows
/// from the record size, the genesis' leaf size and the table's count, so that a verifier can derive it too.
/// </summary>
public readonly record struct TableShape(TableId Id, int RecordBytes, int LeafRecords)
{
    public const int PageRecords = 64;

    /// <summary>The shapes of all tables, in order of id.</summary>
    public static TableShape[] All(int leafRecords) =>
    [
        new(TableId.Chain, 128, leafRecords),
        new(TableId.Keysets, 128, leafRecords),
        new(TableId.Keys, 128, leafRecords),
        new(TableId.Assets, 64, leafRecords),
        new(TableId.Ranges, 64, leafRecords),
        new(TableId.Accounts, 64, leafRecords),
        new(TableId.Pendings, 64, leafRecords),
        new(TableId.Aliases, 64, leafRecords),
        new(TableId.Peers, 256, leafRecords),
        new(TableId.PeerHeaders, 64, leafRecords),
        new(TableId.Channels, 192, leafRecords),
        new(TableId.ChannelEdges, Limits.EdgeHashesMax * Hash256.Size, leafRecords),
        new(TableId.Routes, 64, leafRecords),
        new(TableId.Packets, 32, leafRecords),
        new(TableId.Deliveries, 64, leafRecords),
    ];

    public int PageBytes => PageRecords * RecordBytes;

    public int LeafBytes => LeafRecords * RecordBytes;

    public int LeavesPerPage => PageRecords / LeafRecords;

    /// <summary>Levels from a leaf up to the root of its page.</summary>
    public int PageDepth => BitOperations.Log2((uint)LeavesPerPage);

    public static ulong Pages(ulong count) => Math.Max(1, (count + PageRecords - 1) / PageRecords);

    /// <summary>Levels from the page roots up to the table's root.</summary>
    public static int TreeDepth(ulong count)
    {
        var pages = Pages(count);
        return pages == 1 ? 0 : BitOperations.Log2(pages - 1) + 1;
    }
}
