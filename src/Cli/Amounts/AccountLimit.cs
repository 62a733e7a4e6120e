namespace Actors.Cli.Amounts;

/// <summary>A floor or ceiling as it is typed: an amount, or <c>none</c>.</summary>
internal sealed record AccountLimit(DecimalAmount? Amount)
{
    public static AccountLimit Parse(string text) => new(text == "none" ? null : DecimalAmount.Parse(text));
}
