using Actors.Ledger;

namespace Actors.Cli.Audits;

/// <summary>A chain as it is typed: <c>ID</c>, or <c>ID=PLACE</c> where the place is a node's address, a data folder, or '-' for the database.</summary>
internal sealed record NamedChain(ChainId Id, string? Place)
{
    /// <exception cref="FormatException">It is not of this form.</exception>
    public static NamedChain Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? new NamedChain(ChainId.Parse(text), null)
            : at == text.Length - 1 ? throw new FormatException($"'{text}' names no place after the '='")
            : new NamedChain(ChainId.Parse(text[..at]), text[(at + 1)..]);
    }

    public override string ToString() => Place is null ? Id.Value : $"{Id}={Place}";
}
