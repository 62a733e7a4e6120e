using System.Globalization;
using Actors.Cli.Keys;
using Actors.Ledger;
using Actors.Ledger.Keysets;
using Actors.Ledger.Signing;

namespace Actors.Cli.Parsing;

/// <summary>A key of a keyset as people write it: the public key in hex or a PEM file, then optionally <c>:weight</c>.</summary>
internal static class KeysetMember
{
    public static WeightedKey Parse(string text)
    {
        var (key, weight) = Split(text);
        return new WeightedKey(PublicKey.TryParse(key, out var parsed) ? parsed : KeyFile.ReadPublic(key), weight);
    }

    private static (string Key, byte Weight) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var weight))
        {
            return (text, 1);
        }

        return weight is >= 1 and <= Limits.KeyWeightMax
            ? (text[..colon], (byte)weight)
            : throw new FormatException($"weight {weight} of key '{text[..colon]}' is out of range, expected 1 to {Limits.KeyWeightMax}");
    }
}
