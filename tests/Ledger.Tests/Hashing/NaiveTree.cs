using System.Security.Cryptography;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Hashing;

/// <summary>RFC 6962, 2.1 word for word: recursive, slow, and sharing no code with what it checks.</summary>
internal static class NaiveTree
{
    public static Hash256 Root(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.IsEmpty)
            return new Hash256(SHA256.HashData([]));
        if (leaves.Length == 1)
            return leaves[0];
        var k = SplitAt(leaves.Length);
        byte[] node = [0x01, .. Root(leaves[..k]).ToArray(), .. Root(leaves[k..]).ToArray()];
        return new Hash256(SHA256.HashData(node));
    }

    public static Hash256[] Path(int m, ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
            return [];
        var k = SplitAt(leaves.Length);
        return m < k
            ? [.. Path(m, leaves[..k]), Root(leaves[k..])]
            : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    public static Hash256[] Proof(int m, ReadOnlySpan<Hash256> leaves) => Subproof(m, leaves, true);

    private static Hash256[] Subproof(int m, ReadOnlySpan<Hash256> leaves, bool complete)
    {
        if (m == leaves.Length)
            return complete ? [] : [Root(leaves)];
        var k = SplitAt(leaves.Length);
        return m <= k
            ? [.. Subproof(m, leaves[..k], complete), Root(leaves[k..])]
            : [.. Subproof(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    private static int SplitAt(int count)
    {
        var k = 1;
        while (2 * k < count)
            k *= 2;
        return k;
    }
}
