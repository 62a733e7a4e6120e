using System.CommandLine;
using Actors.Cli.Amounts;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger.Accounts;
using Actors.Ledger.Operations;
using Limit = Actors.Ledger.Accounts.AccountLimits;

namespace Actors.Cli.Accounts;

/// <summary><c>actors account floor|ceiling</c>: by the asset's issuer.</summary>
internal static class AccountLimits
{
    public static Command Floor(CommandRunner runner) =>
        Create(runner, "floor", "Set how far down an account may go; signed by the asset's issuer.", Limit.NoFloor, (account, floor) => new SetFloor(account, floor));

    public static Command Ceiling(CommandRunner runner) =>
        Create(runner, "ceiling", "Set how much an account may hold; signed by the asset's issuer.", Limit.NoCeiling, (account, ceiling) => new SetCeiling(account, ceiling));

    private static Command Create(CommandRunner runner, string name, string description, long none, Func<AccountReference, long, IOperation> operation)
    {
        var account = Parser.AddressArgument();
        var limit = Parser.Argument("AMOUNT", "An amount, or 'none'.", AccountLimit.Parse);
        var (amounts, signing) = (new AmountOptions(), new SigningOptions());
        var command = amounts.AddTo(signing.AddTo(new Command(name, description) { account, limit }));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var address = session.Get(account);
            var chain = session.Chain(runner.Common, address);
            using var keys = signing.Read(session);
            var node = session.Node(runner.Common);
            var minor = session.Get(limit).Amount is { } amount ? await amounts.ToMinorAsync(session, node, address, amount, cancellation) : none;
            return await new Submission(runner.Common, signing).RunAsync(
                session, node, chain, keys, builder => builder.Add(operation(AccountReference.Numbered(address.Number), minor)), cancellation);
        });
    }
}
