using Actors.Ledger.State;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 7.</summary>
public sealed class StateVectorTests
{
    [Fact]
    public void Records_tables_and_roots_are_as_pinned()
    {
        var chain = new VectorChain().Chain;
        var header = chain.Block(chain.Head).Header;
        Assert.Equal(header.Height, header.StateHeight);
        VectorFile.Pins("07-state", new
        {
            section = "7. State",
            leafRecords = chain.Genesis.Settings.LeafRecords,
            tables = chain.Tables.Select(table => new
            {
                id = (int)table.Id,
                count = table.Count.ToString(),
                records = Records(chain.Fixture.State.Tables[table.Id]),
                root = table.Root.ToString(),
            }),
            stateRoot = header.StateRoot.ToString(),
            roots = Roots(),
        });
    }

    private static List<string> Records(PagedTable table)
    {
        var records = new List<string>();
        for (ulong number = 1; number <= table.Count; number++)
        {
            records.Add(table.Read(number).Hex());
        }

        return records;
    }

    /// <summary>Roots of accounts tables around the ends of pages, in which byte 0 of record n is n.</summary>
    private static IEnumerable<object> Roots()
    {
        foreach (var (leafRecords, count) in new[] { (1, 0), (1, 1), (64, 64), (16, 65), (4, 128), (4, 129), (64, 257) })
        {
            var shape = TableShape.All(leafRecords)[(int)TableId.Accounts];
            var hashes = Enumerable.Range(0, 1 << TableShape.TreeDepth((ulong)count)).Select(page => StateHash.Page(Page(shape, page, count), shape)).ToArray();
            while (hashes.Length > 1)
            {
                hashes = [.. hashes.Chunk(2).Select(pair => StateHash.Node(pair[0], pair[1]))];
            }

            yield return new { leafRecords, count, root = hashes[0].ToString() };
        }
    }

    private static byte[] Page(in TableShape shape, int page, int count)
    {
        var bytes = new byte[shape.PageBytes];
        for (var slot = 0; slot < TableShape.PageRecords && (page * TableShape.PageRecords) + slot < count; slot++)
        {
            bytes[slot * shape.RecordBytes] = (byte)((page * TableShape.PageRecords) + slot + 1);
        }

        return bytes;
    }
}
