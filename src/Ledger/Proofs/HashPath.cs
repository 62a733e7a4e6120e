using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>The siblings from a leaf up, as files hold them: count u8, hashes.</summary>
internal static class HashPath
{
    /// <summary>No tree of ours is deeper; 0xFF stays free for a marker.</summary>
    public const int LengthMax = 64;

    public static void Write(WireWriter writer, IReadOnlyList<Hash256> path)
    {
        writer.U8(checked((byte)path.Count));
        foreach (var hash in path)
        {
            writer.Hash(hash);
        }
    }

    public static Hash256[] Read(ref WireReader reader) => Read(ref reader, reader.U8());

    public static Hash256[] Read(ref WireReader reader, int length)
    {
        if (length > LengthMax)
        {
            throw new MalformedException($"a path has {length} hashes, at most {LengthMax} are allowed");
        }

        var path = new Hash256[length];
        for (var i = 0; i < length; i++)
        {
            path[i] = reader.Hash();
        }

        return path;
    }
}
