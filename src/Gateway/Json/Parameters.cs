using Actors.Gateway.Problems;
using Actors.Ledger;

namespace Actors.Gateway.Json;

/// <summary>Reads path and query values, in the same forms as JSON strings.</summary>
internal static class Parameters
{
    /// <exception cref="RefusedException">It is not of its form.</exception>
    public static T Parse<T>(this TextForm<T> form, string text, string name) where T : struct =>
        form.Read(text) ?? throw Bad(name, form.Expected);

    /// <summary>Null when it was not given.</summary>
    /// <exception cref="RefusedException">It is not of its form.</exception>
    public static T? ParseOptional<T>(this TextForm<T> form, string? text, string name) where T : struct =>
        text is null ? null : form.Parse(text, name);

    /// <summary>An account by number or address; the address must be of this chain.</summary>
    /// <exception cref="RefusedException">It is not of that form, of another chain, or its check digits do not fit.</exception>
    public static AccountNumber ParseAccount(string text, ChainId chain)
    {
        const string Expected = "an account number, or an address chain.number.check with check digits that fit";
        var account = TextForms.AccountText.Read(text) is { Reference.IsCreated: false } found ? found : throw Bad("account", Expected);
        return account.Chain is null || account.Chain == chain
            ? new AccountNumber(account.Reference.Value)
            : throw new RefusedException(ProblemKind.BadParameter, $"{text} is an account of chain '{account.Chain}', this is chain '{chain}'");
    }

    /// <exception cref="RefusedException">It is not in the range.</exception>
    public static int ParseCount(string? text, int unlessGiven, int min, int max, string name) => text is null ? unlessGiven
        : TextForms.ParseUnsigned(text) is { } value && value >= (ulong)min && value <= (ulong)max ? (int)value
        : throw Bad(name, $"a whole number from {min} to {max}");

    /// <exception cref="RefusedException">It is neither true nor false.</exception>
    public static bool ParseFlag(string? text, string name) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Bad(name, "true or false"),
    };

    private static RefusedException Bad(string name, string expected) => new(ProblemKind.BadParameter, $"'{name}' is not {expected}");
}
