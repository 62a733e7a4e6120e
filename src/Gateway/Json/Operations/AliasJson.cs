using System.Text;
using Actors.Ledger;
using Actors.Ledger.Aliases;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Json.Operations;

internal sealed record SetAliasJson(AccountText Account, string Alias) : OperationJson
{
    public static SetAliasJson From(SetAlias operation) => new(new AccountText(operation.Account), operation.Alias) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => Alias.Length is >= 1 and <= Limits.AliasBytesMax && Ascii.IsValid(Alias)
        ? new SetAlias(Account.On(chain), Alias, Linked)
        : throw new MalformedException($"expected an alias of 1 to {Limits.AliasBytesMax} of a-z 0-9 . _ -");
}
