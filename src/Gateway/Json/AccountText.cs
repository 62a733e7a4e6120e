using Actors.Gateway.Problems;
using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Json;

/// <summary>
/// An account as a person or program writes it: a number, an address, or a member of a range opened in the same transaction.
/// An address says which chain it is of, which only <see cref="On"/> can check.
/// </summary>
internal readonly record struct AccountText(AccountReference Reference, ChainId? Chain = null)
{
    public static bool TryParse(string text, out AccountText account)
    {
        var parsed = text.Contains('.') ? ParseAddress(text) : text.StartsWith('@') ? ParseCreated(text) : ParseNumber(text);
        account = parsed.GetValueOrDefault();
        return parsed is not null;
    }

    /// <exception cref="RefusedException">It is the address of an account on another chain.</exception>
    public AccountReference On(ChainId chain) => Chain is null || Chain == chain
        ? Reference
        : throw new RefusedException(Outcome.Malformed, $"{this} is an account of chain '{Chain}', this is chain '{chain}'");

    public override string ToString() => Chain is { } chain
        ? new Address(chain, new AccountNumber(Reference.Value)).ToString()
        : Reference is { IsCreated: true, Offset: 0 } ? $"@{Reference.Value}" : Reference.ToString();

    private static AccountText? ParseAddress(string text) => Address.TryParse(text, out var address)
        ? new AccountText(AccountReference.Numbered(address.Number), address.Chain)
        : null;

    private static AccountText? ParseNumber(string text) => TextForms.ParseUnsigned(text) is { } number and > 0 and <= long.MaxValue
        ? new AccountText(AccountReference.Numbered(new AccountNumber(number)))
        : null;

    private static AccountText? ParseCreated(string text)
    {
        var parts = text[1..].Split('+');
        var index = TextForms.ParseUnsigned(parts[0]);
        var offset = parts.Length == 2 ? TextForms.ParseUnsigned(parts[1]) : 0;
        return parts.Length <= 2 && index < Limits.OperationsPerTransactionMax && offset < Limits.AccountsPerOpenMax
            ? new AccountText(AccountReference.Created((int)index.Value, offset.Value))
            : null;
    }
}
