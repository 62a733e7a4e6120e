using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.State;

/// <summary>Hashes of the state tree (docs/wire-format.md section 7), apart from those of RFC 6962 trees by their first byte.</summary>
public static class StateHash
{
    private const byte LeafTag = 0x02;
    private const byte NodeTag = 0x03;

    public static Hash256 Leaf(ReadOnlySpan<byte> records) => Sha256.Of(LeafTag, records);

    public static Hash256 Node(in Hash256 left, in Hash256 right) => Sha256.OfPair(NodeTag, left, right);

    /// <summary>Many nodes at once; parents may stand in the first half of the children.</summary>
    public static void Nodes(ReadOnlySpan<Hash256> children, Span<Hash256> parents) => Sha256.PairsOf(NodeTag, children, parents);

    /// <summary>The leaf hashes of pages that lie one behind the other.</summary>
    public static void Leaves(ReadOnlySpan<byte> pages, in TableShape shape, Span<Hash256> hashes) =>
        Sha256.ManyFixed(LeafTag, pages, shape.LeafBytes, hashes);

    /// <summary>The root of one page's leaves.</summary>
    public static Hash256 Page(ReadOnlySpan<byte> page, in TableShape shape)
    {
        Span<Hash256> hashes = stackalloc Hash256[TableShape.PageRecords];
        hashes = hashes[..shape.LeavesPerPage];
        Sha256.ManyFixed(LeafTag, page, shape.LeafBytes, hashes);
        return Reduce(hashes);
    }

    /// <summary>The hash of an all-zero page.</summary>
    public static Hash256 EmptyPage(in TableShape shape) => Page(new byte[shape.PageBytes], shape);

    /// <summary>The siblings from leaf <paramref name="leaf"/> of a page up to the page's root.</summary>
    public static List<Hash256> PathInPage(ReadOnlySpan<byte> page, in TableShape shape, int leaf)
    {
        Span<Hash256> hashes = stackalloc Hash256[TableShape.PageRecords];
        hashes = hashes[..shape.LeavesPerPage];
        Sha256.ManyFixed(LeafTag, page, shape.LeafBytes, hashes);
        var path = new List<Hash256>();
        for (; hashes.Length > 1; leaf >>= 1)
        {
            path.Add(hashes[leaf ^ 1]);
            Sha256.PairsOf(NodeTag, hashes, hashes[..(hashes.Length / 2)]);
            hashes = hashes[..(hashes.Length / 2)];
        }

        return path;
    }

    /// <summary>The state root over every table's count and root.</summary>
    public static Hash256 Root(int leafRecords, IReadOnlyList<TableRoot> tables)
    {
        var writer = new WireWriter(512);
        writer.Bytes("ActorsS1"u8);
        writer.U8((byte)leafRecords);
        writer.U8((byte)tables.Count);
        foreach (var table in tables)
        {
            writer.U8((byte)table.Id);
            writer.U64(table.Count);
            writer.Hash(table.Root);
        }

        return Sha256.Of(writer.Written);
    }

    private static Hash256 Reduce(Span<Hash256> hashes)
    {
        while (hashes.Length > 1)
        {
            Sha256.PairsOf(NodeTag, hashes, hashes[..(hashes.Length / 2)]);
            hashes = hashes[..(hashes.Length / 2)];
        }

        return hashes[0];
    }
}
