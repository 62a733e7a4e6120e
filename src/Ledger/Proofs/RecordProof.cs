using Actors.Ledger.Hashing;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// A record of the state with the leaf it lies in and the path from there to its table's root (docs/wire-format.md section 8.4).
/// </summary>
public sealed record RecordProof(TableShape Shape, ulong Number, ReadOnlyMemory<byte> Leaf, IReadOnlyList<Hash256> Path)
{
    public TableId Table => Shape.Id;

    /// <summary>The record's bytes.</summary>
    public ReadOnlySpan<byte> Record => Leaf.Span.Slice((int)((Number - 1) % (ulong)Shape.LeafRecords) * Shape.RecordBytes, Shape.RecordBytes);

    /// <summary>
    /// The proof of a record against the roots of the newest cut. Holds only right after that cut was computed, before anything else
    /// is executed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The table has no such record.</exception>
    /// <exception cref="InvalidOperationException">Only the hash of the record's page is kept.</exception>
    internal static RecordProof Build(ChainTables tables, TableId table, ulong number)
    {
        var paged = tables[table];
        ArgumentOutOfRangeException.ThrowIfZero(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, paged.Count);
        if (!paged.IsKept(number))
        {
            throw new InvalidOperationException($"record {number} of table {table} cannot be proven: only the hash of its page is kept");
        }

        var shape = paged.Shape;
        var slot = number - 1;
        var pageIndex = slot / TableShape.PageRecords;
        var page = paged.Find(pageIndex).Bytes;
        var leaf = (int)(slot % TableShape.PageRecords) / shape.LeafRecords;
        var path = StateHash.PathInPage(page, shape, leaf);
        paged.Levels.AppendPath(path, pageIndex, TableShape.TreeDepth(paged.Count));
        return new RecordProof(shape, number, page.AsSpan(leaf * shape.LeafBytes, shape.LeafBytes).ToArray(), path);
    }

    /// <summary>The table root that leaf and path lead to. False when a table of this count has no such record or longer or shorter paths.</summary>
    internal bool TryRoot(ulong count, out Hash256 root)
    {
        root = default;
        if (Number > count || Path.Count != Shape.PageDepth + TableShape.TreeDepth(count))
        {
            return false;
        }

        var index = (Number - 1) / (ulong)Shape.LeafRecords;
        root = StateHash.Leaf(Leaf.Span);
        foreach (var sibling in Path)
        {
            root = (index & 1) == 0 ? StateHash.Node(root, sibling) : StateHash.Node(sibling, root);
            index >>= 1;
        }

        return true;
    }

    internal void Write(WireWriter writer)
    {
        writer.U8((byte)Table);
        writer.U64(Number);
        writer.Bytes(Leaf.Span);
        HashPath.Write(writer, Path);
    }

    /// <exception cref="MalformedException">The bytes are no record proof.</exception>
    internal static RecordProof Read(ref WireReader reader, TableShape[] shapes)
    {
        var table = reader.U8();
        if (table >= shapes.Length)
        {
            throw new MalformedException($"there is no table {table}");
        }

        var number = reader.U64();
        return number > 0
            ? new RecordProof(shapes[table], number, reader.Bytes(shapes[table].LeafBytes).ToArray(), HashPath.Read(ref reader))
            : throw new MalformedException("record number is 0, numbers start at 1");
    }
}
