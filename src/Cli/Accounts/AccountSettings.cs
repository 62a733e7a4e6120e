using System.CommandLine;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Operations;

namespace Actors.Cli.Accounts;

/// <summary><c>actors account freeze|unfreeze|close|alias</c>: one account, one operation.</summary>
internal static class AccountSettings
{
    public static Command Freeze(CommandRunner runner) =>
        Create(runner, "freeze", "Let nobody debit or credit an account; signed by the asset's issuer.", account => new Freeze(account));

    public static Command Unfreeze(CommandRunner runner) =>
        Create(runner, "unfreeze", "Thaw a frozen account; signed by the asset's issuer.", account => new Freeze(account, Unfreeze: true));

    public static Command Close(CommandRunner runner) =>
        Create(runner, "close", "Close an empty account for ever; signed by its owner.", account => new Close(account));

    public static Command Alias(CommandRunner runner)
    {
        var alias = new Argument<string>("ALIAS") { Description = "a-z 0-9 . _ -, at most 32; unique among its owner's." };
        var command = Create(runner, "alias", "Name an account; signed by its owner.", (session, account) => new SetAlias(account, session.Get(alias)));
        command.Add(alias);
        return command;
    }

    private static Command Create(CommandRunner runner, string name, string description, Func<AccountReference, IOperation> operation) =>
        Create(runner, name, description, (_, account) => operation(account));

    private static Command Create(CommandRunner runner, string name, string description, Func<Session, AccountReference, IOperation> operation)
    {
        var account = Parser.AddressArgument();
        var signing = new SigningOptions();
        return runner.RunAsync(signing.AddTo(new Command(name, description) { account }), (session, cancellation) =>
        {
            var address = session.Get(account);
            return new Submission(runner.Common, signing).RunAsync(
                session,
                session.Chain(runner.Common, address),
                builder => builder.Add(operation(session, AccountReference.Numbered(address.Number))),
                cancellation);
        });
    }
}
