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
        var (movement, across, signing) = (new MovementOptions(), new AcrossOptions(), new SigningOptions());
        var command = signing.AddTo(across.AddTo(movement.AddTo(new Command("transfer", "Move money from one account to another, on the same chain or over a channel; signed by the owner of the debited one."))));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            if (movement.From(session).Chain != movement.To(session).Chain)
            {
                return await new TransferAcross(runner.Common, movement, across, signing).RunAsync(session, cancellation);
            }

            across.RequireNone(session);
            var chain = movement.Chain(session, runner.Common);
            using var keys = signing.Read(session);
            var node = session.Node(runner.Common);
            var (debit, credit, amount, reference) = await movement.ReadAsync(session, node, cancellation);
            return await new Submission(runner.Common, signing).RunAsync(
                session, node, chain, keys, builder => builder.Add(new Transfer(debit, credit, amount, reference)), cancellation);
        });
    }
}
