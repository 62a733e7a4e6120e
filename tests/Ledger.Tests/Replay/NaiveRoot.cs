using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Ledger.Tests.Replay;

/// <summary>
/// The state root as docs/wire-format.md section 7 defines it, computed from every record with nothing kept between calls.
/// </summary>
internal static class NaiveRoot
{
    private const int PageRecords = 64;

    public static Hash256 Of(ChainState state)
    {
        var leafRecords = state.Genesis.Settings.LeafRecords;
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes("ActorsS1"));
        hash.AppendData([(byte)leafRecords, (byte)state.Tables.All.Count]);
        foreach (var table in state.Tables.All)
        {
            var count = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(count, table.Count);
            hash.AppendData([(byte)table.Shape.Id]);
            hash.AppendData(count);
            hash.AppendData(Tree(table, leafRecords));
        }

        return new Hash256(hash.GetHashAndReset());
    }

    private static byte[] Tree(PagedTable table, int leafRecords)
    {
        var pages = Math.Max(1, (table.Count + PageRecords - 1) / PageRecords);
        var slots = PageRecords * BitOperations.RoundUpToPowerOf2(pages);
        var level = new List<byte[]>();
        var leaf = new byte[1 + (leafRecords * table.Shape.RecordBytes)];
        for (ulong first = 0; first < slots; first += (ulong)leafRecords)
        {
            Array.Clear(leaf);
            leaf[0] = 2;
            for (var i = 0; i < leafRecords && first + (ulong)i < table.Count; i++)
            {
                table.Read(first + (ulong)i + 1).CopyTo(leaf.AsSpan(1 + (i * table.Shape.RecordBytes)));
            }

            level.Add(SHA256.HashData(leaf));
        }

        while (level.Count > 1)
        {
            level = [.. level.Chunk(2).Select(pair => SHA256.HashData([3, .. pair[0], .. pair[1]]))];
        }

        return level[0];
    }
}
