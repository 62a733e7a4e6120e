using System.Globalization;

namespace Actors.Ledger;

/// <summary>
/// What a person types to name an account: <c>chain.number.check</c>. The two check digits are ISO 7064 MOD 97-10 over chain
/// and number (as in an IBAN; letters count 10 to 35, - counts 36), so that every single mistyped digit and every
/// swap of two neighbouring digits is refused before it costs money.
/// </summary>
public readonly record struct Address(ChainId Chain, AccountNumber Number)
{
    private const int Modulus = 97;

    public static bool TryParse(string? text, out Address address)
    {
        address = default;
        var parts = text?.Split('.') ?? [];
        if (parts.Length != 3 || !ChainId.TryParse(parts[0], out var chain) || parts[2].Length != 2 || !IsNumber(parts[1], out var number))
        {
            return false;
        }

        address = new Address(chain, new AccountNumber(number));
        return parts[2] == address.Check;
    }

    /// <exception cref="FormatException">The text is no address, or its check digits do not fit.</exception>
    public static Address Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is not an account address: expected chain.number.check, and the two check digits must fit");

    /// <summary>The two check digits, "02" to "98".</summary>
    public string Check => (Modulus + 1 - Remainder(Chain.Value, Number.Value.ToString(CultureInfo.InvariantCulture))).ToString("00", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Chain}.{Number}.{Check}";

    private static int Remainder(string chain, string number)
    {
        var remainder = 0;
        foreach (var c in chain + "." + number + "00")
        {
            remainder = c switch
            {
                '.' => remainder * 100 % Modulus,
                '-' => ((remainder * 100) + 36) % Modulus,
                >= 'a' => ((remainder * 100) + c - 'a' + 10) % Modulus,
                _ => ((remainder * 10) + c - '0') % Modulus,
            };
        }

        return remainder;
    }

    private static bool IsNumber(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && text[0] != '0';
}
