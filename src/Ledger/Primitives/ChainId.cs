using System.Text;
using Actors.Ledger.Wire;

namespace Actors.Ledger;

/// <summary>
/// A chain's slug: 1 to 32 of a-z, 0-9 and -, starting with a letter and not ending with -. It is only a name; the
/// identity of a chain is its genesis hash.
/// </summary>
public readonly record struct ChainId
{
    private ChainId(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, out ChainId id)
    {
        id = default;
        if (string.IsNullOrEmpty(text) || text.Length > Limits.ChainIdBytesMax || !char.IsAsciiLetterLower(text[0]) || text[^1] == '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        id = new ChainId(text);
        return true;
    }

    public static ChainId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{text}' is not a chain id: expected 1 to {Limits.ChainIdBytesMax} of a-z, 0-9 and -, starting with a letter and not ending with -");

    internal static ChainId Read(ref WireReader reader)
    {
        var text = Encoding.Latin1.GetString(reader.Bytes8(1, Limits.ChainIdBytesMax, "chain id"));
        return TryParse(text, out var id) ? id : throw new MalformedException("chain id has characters it may not have");
    }

    public override string ToString() => Value;
}
