using System.Security.Cryptography;

namespace Actors.Engine.Stores;

/// <summary>The name of a chain that is being copied here until all of it is: no chain's own, so that no node goes on from a part of it.</summary>
internal static class UnfinishedCopy
{
    private const string Prefix = "copy-";
    private const int DigitCount = 26;

    /// <summary>The same for the same chain, so that an unfinished copy is found again.</summary>
    public static string NameOf(ReadOnlySpan<byte> genesis) => Prefix + Convert.ToHexStringLower(SHA256.HashData(genesis))[..DigitCount];

    public static bool IsName(string chainId) =>
        chainId.Length == Prefix.Length + DigitCount && chainId.StartsWith(Prefix, StringComparison.Ordinal) && chainId.Skip(Prefix.Length).All(char.IsAsciiHexDigitLower);
}
