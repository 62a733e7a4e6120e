using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Accounts;

/// <summary><c>actors account address</c>: works out the check digits of an account number, with no node involved.</summary>
internal static class AccountAddress
{
    public static Command Create(CommandRunner runner)
    {
        var number = Parser.Argument("NUMBER", "The account's number on --chain.", text => Parser.Number(text, "account", Limits.AccountsMax));
        return runner.Run(new Command("address", "The address of an account number, check digits included.") { number }, session =>
        {
            var address = new Address(session.Chain(runner.Common), new AccountNumber(session.Get(number))).ToString();
            session.Answer(new JsonObject { ["address"] = address }, address);
        });
    }
}
