namespace Actors.Ledger.Tests.Codecs;

/// <summary>Bytes with a few random changes: flipped, overwritten, taken out, put in, cut, or crossed with others.</summary>
internal static class Mutation
{
    private static readonly byte[] Telling = [0, 1, 2, 0x7F, 0x80, 0x81, 0xFE, 0xFF];

    public static byte[] Of(Random random, byte[] bytes, byte[] other)
    {
        var list = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            Change(random, list, other);
        }

        return [.. list];
    }

    private static void Change(Random random, List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var rest = bytes.Count - at;
        switch (random.Next(7))
        {
            case 0 when rest > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when rest > 0:
                bytes[at] = Telling[random.Next(Telling.Length)];
                break;
            case 2 when rest > 0:
                bytes.RemoveRange(at, random.Next(1, Math.Min(rest, 8) + 1));
                break;
            case 3:
                bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 12)).Select(_ => Telling[random.Next(Telling.Length)]));
                break;
            case 4:
                bytes.RemoveRange(at, rest);
                break;
            case 5:
                bytes.InsertRange(at, other.Skip(random.Next(other.Length + 1)).Take(random.Next(40)));
                break;
            default:
                bytes.Add((byte)random.Next(256));
                break;
        }
    }
}
