using System.Globalization;
using Actors.Ledger;

namespace Actors.Cli.Amounts;

/// <summary>
/// An amount as people write it, in units of the asset ("12.50"); it turns into minor units only together with the
/// asset's scale, and only exactly: nothing is ever rounded.
/// </summary>
public readonly record struct DecimalAmount(decimal Units)
{
    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    public static DecimalAmount Parse(string text) => decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var units)
        ? new DecimalAmount(units)
        : throw new FormatException($"'{text}' is not an amount: expected digits and at most one decimal point");

    /// <exception cref="CannotRunException">It has more decimals than the asset, or does not fit.</exception>
    public long ToMinor(int scale)
    {
        var power = Power(scale);
        if (Math.Abs(Units) > long.MaxValue / power)
        {
            throw new CannotRunException($"amount {Units.ToString(CultureInfo.InvariantCulture)} does not fit in 64 bits of minor units at scale {scale}");
        }

        var minor = Units * power;
        return minor == decimal.Truncate(minor)
            ? (long)minor
            : throw new CannotRunException($"amount {Units.ToString(CultureInfo.InvariantCulture)} has more than the {scale} decimals of its asset");
    }

    public static string Format(long minor, int scale) =>
        (minor / Power(scale)).ToString("F" + scale.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static decimal Power(int scale)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)scale, (uint)Limits.AssetScaleMax);
        var power = 1m;
        for (var i = 0; i < scale; i++)
        {
            power *= 10;
        }

        return power;
    }
}
