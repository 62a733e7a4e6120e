using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels;

/// <summary>
/// Neighbouring leaves of one of the peer's trees, packets or acknowledgements, from leaf <paramref name="First"/> (from 1) on, and
/// the hashes to their right that lead to the root in the peer's record. What lies to the left the receiver has.
/// </summary>
public sealed record LeafRun(ulong First, ReadOnlyMemory<byte> Bytes, IReadOnlyList<int> Ends, IReadOnlyList<Hash256> Right)
{
    public int Count => Ends.Count;

    public ulong Last => First + (ulong)Count - 1;

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : Ends[index - 1];
            return Bytes.Span[start..Ends[index]];
        }
    }

    public static LeafRun Of(ulong first, IReadOnlyList<byte[]> leaves, IReadOnlyList<Hash256> right)
    {
        var bytes = new WireWriter();
        var ends = new int[leaves.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            bytes.Bytes(leaves[i]);
            ends[i] = bytes.Length;
        }

        return new LeafRun(first, bytes.ToArray(), ends, right);
    }

    /// <summary>
    /// Grows <paramref name="edge"/> by the leaves after those that it has. False when they do not lead to <paramref name="root"/>, the root of
    /// a tree of <paramref name="size"/>; the edge is spoiled then.
    /// </summary>
    internal bool TryExtend(MerkleFrontier edge, ulong size, in Hash256 root)
    {
        var hashes = new Hash256[Count];
        MerkleTree.LeafHashes(Bytes.Span, [.. Ends], hashes);
        edge.AppendRange(hashes.AsSpan((int)(edge.Count + 1 - First)));
        return edge.TryRootAt(size, [.. Right], out var found) && found == root;
    }

    internal void Write(WireWriter writer)
    {
        writer.Varint(First);
        writer.Varint((ulong)Count);
        var start = 0;
        foreach (var end in Ends)
        {
            writer.Varint((ulong)(end - start));
            start = end;
        }

        writer.Bytes(Bytes.Span);
        HashPath.Write(writer, Right);
    }

    /// <exception cref="MalformedException">The bytes are no run of leaves.</exception>
    internal static LeafRun Read(ref WireReader reader, string what)
    {
        var first = reader.Varint(1, Limits.SequenceMax, $"first {what}");
        var ends = new int[reader.Varint(1, Limits.PacketsPerOperationMax, $"{what} count")];
        var end = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            end += (int)reader.Varint(1, Limits.EnvelopeBytesMax, $"{what} length");
            ends[i] = end <= Limits.EnvelopeBytesMax ? end : throw new MalformedException($"a run of {what}s has more than {Limits.EnvelopeBytesMax} bytes");
        }

        return new LeafRun(first, reader.Bytes(end).ToArray(), ends, HashPath.Read(ref reader));
    }
}
