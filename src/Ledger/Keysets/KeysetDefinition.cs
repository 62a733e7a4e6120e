using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Keysets;

/// <summary>One key of a keyset; its weight (1 to 255) counts toward the threshold when it signs.</summary>
public readonly record struct WeightedKey(PublicKey Key, byte Weight);

/// <summary>
/// 1 to 16 distinct keys with weights, and the threshold that the weights of the keys that signed must reach. The threshold is
/// reachable.
/// </summary>
public sealed record KeysetDefinition
{
    /// <exception cref="MalformedException">Count, weights, threshold or distinctness are wrong.</exception>
    public KeysetDefinition(int threshold, IReadOnlyList<WeightedKey> keys)
    {
        if (keys.Count is < 1 or > Limits.KeysPerKeysetMax)
        {
            throw new MalformedException($"a keyset has {keys.Count} keys, expected 1 to {Limits.KeysPerKeysetMax}");
        }

        var weights = 0;
        for (var i = 0; i < keys.Count; i++)
        {
            weights += keys[i].Weight > 0 ? keys[i].Weight : throw new MalformedException($"key {i} of a keyset has weight 0");
            RefuseTwice(keys, i);
        }

        if (threshold < 1 || threshold > weights)
        {
            throw new MalformedException($"a keyset's threshold is {threshold}, expected 1 to {weights}, the sum of its weights");
        }

        Threshold = (ushort)threshold;
        Keys = keys;
    }

    public ushort Threshold { get; }

    public IReadOnlyList<WeightedKey> Keys { get; }

    /// <summary>One key that signs alone.</summary>
    public static KeysetDefinition Single(in PublicKey key) => new(1, [new WeightedKey(key, 1)]);

    /// <summary>Threshold and keys as they stand in an operation or a genesis (docs/wire-format.md).</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter();
        Write(writer);
        return writer.ToArray();
    }

    /// <exception cref="MalformedException">The bytes are no keyset.</exception>
    public static KeysetDefinition Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var definition = Read(ref reader);
        reader.End("keyset");
        return definition;
    }

    internal static KeysetDefinition Read(ref WireReader reader)
    {
        var threshold = (int)reader.Varint(1, Limits.ThresholdMax, "keyset threshold");
        var keys = new WeightedKey[reader.U8()];
        if (keys.Length > Limits.KeysPerKeysetMax)
        {
            throw new MalformedException($"a keyset has {keys.Length} keys, expected 1 to {Limits.KeysPerKeysetMax}");
        }

        for (var i = 0; i < keys.Length; i++)
        {
            KeyCodec.ReadScheme(ref reader);
            var weight = reader.U8();
            keys[i] = new WeightedKey(new PublicKey(reader.Bytes(PublicKey.Size)), weight);
        }

        return new KeysetDefinition(threshold, keys);
    }

    internal void Write(WireWriter writer)
    {
        writer.Varint(Threshold);
        writer.U8((byte)Keys.Count);
        foreach (var (key, weight) in Keys)
        {
            writer.U8((byte)SignatureScheme.Es256);
            writer.U8(weight);
            writer.Bytes(key.AsSpan());
        }
    }

    private static void RefuseTwice(IReadOnlyList<WeightedKey> keys, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (keys[i].Key == keys[index].Key)
            {
                throw new MalformedException($"keys {i} and {index} of a keyset are the same");
            }
        }
    }
}
