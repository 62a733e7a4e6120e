using System.CommandLine;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger.Operations;

namespace Actors.Cli.Pendings;

/// <summary><c>actors void</c>.</summary>
internal static class VoidCommand
{
    public static Command Create(CommandRunner runner)
    {
        var number = Parser.Argument("PENDING", "The pending's number; of a group, its first.", Parser.Pending);
        var signing = new SigningOptions();
        var command = signing.AddTo(new Command("void", "Give up a pending: the money is released; signed by its decider.") { number });
        return runner.RunAsync(command, (session, cancellation) => new Submission(runner.Common, signing).RunAsync(
            session,
            session.Chain(runner.Common),
            builder => builder.Add(new Actors.Ledger.Pendings.Void(EntityReference.Numbered(session.Get(number)))),
            cancellation));
    }
}
