namespace Actors.Engine.Stores;

/// <summary>
/// The shape of a chain's id: 1 to 32 of a-z 0-9 -, starts with a letter, does not end with - (docs/wire-format.md,
/// section 3). Checked here because an id becomes a folder's or a schema's name.
/// </summary>
internal static class ChainIdShape
{
    private const int LengthMax = 32;

    public static bool IsValid(string chainId) =>
        chainId.Length is > 0 and <= LengthMax
        && char.IsAsciiLetterLower(chainId[0])
        && chainId[^1] != '-'
        && chainId.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <exception cref="ArgumentException"><paramref name="chainId"/> is not a chain id.</exception>
    public static void Check(string chainId)
    {
        ArgumentNullException.ThrowIfNull(chainId);
        if (!IsValid(chainId))
            throw new ArgumentException($"Expected 1 to 32 of a-z 0-9 - that start with a letter and do not end with -, "
                + $"found '{chainId}'.", nameof(chainId));
    }
}
