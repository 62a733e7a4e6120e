using System.CommandLine;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Cli.Transfers;

/// <summary><c>actors transfer</c>.</summary>
internal static class TransferCommand
{
    public static Command Create(CommandRunner runner)
    {
        var (movement, signing) = (new MovementOptions(), new SigningOptions());
        var command = signing.AddTo(movement.AddTo(new Command("transfer", "Move money from one account to another; signed by the owner of the debited one.")));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var chain = movement.Chain(session, runner.Common);
            using var keys = signing.Read(session);
            var node = session.Node(runner.Common);
            var (debit, credit, amount, reference) = await movement.ReadAsync(session, node, cancellation);
            return await new Submission(runner.Common, signing).RunAsync(
                session, node, chain, keys, builder => builder.Add(new Transfer(debit, credit, amount, reference)), cancellation);
        });
    }
}
