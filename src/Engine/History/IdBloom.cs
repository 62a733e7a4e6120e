using System.Buffers.Binary;
using Actors.Ledger.Transactions;

namespace Actors.Engine.History;

/// <summary>
/// A Bloom filter over transaction ids: 16 bits an id, 8 probes, 6 in 10,000 false positives. The ids are hashes already, so
/// two words of them make all probes (Kirsch and Mitzenmacher, 2006).
/// </summary>
internal static class IdBloom
{
    private const int BitsPerId = 16;
    private const int Probes = 8;

    public static byte[] Build(IReadOnlyCollection<TransactionId> ids)
    {
        var bits = new byte[ids.Count * BitsPerId / 8];
        foreach (var id in ids)
        {
            for (var probe = 0; probe < Probes; probe++)
            {
                var bit = Bit(id, probe, bits.Length);
                bits[bit >> 3] |= (byte)(1 << (bit & 7));
            }
        }

        return bits;
    }

    public static bool MayHold(ReadOnlySpan<byte> bits, in TransactionId id)
    {
        for (var probe = 0; bits.Length > 0 && probe < Probes; probe++)
        {
            var bit = Bit(id, probe, bits.Length);
            if ((bits[bit >> 3] & (1 << (bit & 7))) == 0)
            {
                return false;
            }
        }

        return bits.Length > 0;
    }

    private static int Bit(in TransactionId id, int probe, int bytes)
    {
        var hash = id.Value.AsSpan();
        var first = BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]);
        var second = BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]) | 1;
        return (int)((first + ((ulong)probe * second)) % ((ulong)bytes * 8));
    }
}
