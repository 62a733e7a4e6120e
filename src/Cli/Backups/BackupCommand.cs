using System.CommandLine;
using System.Globalization;
using Actors.Cli.Terminals;

namespace Actors.Cli.Backups;

/// <summary><c>actors backup</c>: a consistent copy of a running chain, made by its node in its own data folder.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = new Option<string>("--name")
        {
            Description = "The copy's name: a-z, 0-9 and -. [default: the time]",
            DefaultValueFactory = _ => DateTime.UtcNow.ToString("yyyy-MM-dd'-'HHmmss", CultureInfo.InvariantCulture),
        };
        return runner.RunAsync(new Command("backup", "Let a live node write a consistent copy of a chain; needs the admin token.") { name }, async (session, cancellation) =>
        {
            var chain = session.Chain(runner.Common);
            var node = session.Node(runner.Common, answerMax: Timeout.InfiniteTimeSpan);
            var answered = await ProgressDisplay.RunAsync(session.Streams, $"backing up {chain}", _ => node.BackupAsync(chain, session.Get(name), cancellation));
            session.Answer(answered.Json, answered.Value.Folder);
        });
    }
}
