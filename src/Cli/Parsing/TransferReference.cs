using System.Text;
using Actors.Ledger;
using Actors.Ledger.Operations;

namespace Actors.Cli.Parsing;

/// <summary>What a client puts on a transfer to find it again: text, or bytes as 0x and hex; at most 16 bytes.</summary>
internal static class TransferReference
{
    public static Reference Parse(string text)
    {
        var bytes = text.StartsWith("0x", StringComparison.Ordinal) ? Convert.FromHexString(text[2..]) : Encoding.UTF8.GetBytes(text);
        return bytes.Length is >= 1 and <= Limits.ReferenceBytesMax
            ? new Reference(bytes)
            : throw new FormatException($"reference '{text}' has {bytes.Length} bytes, expected 1 to {Limits.ReferenceBytesMax}");
    }
}
