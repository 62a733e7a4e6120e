using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Engine.Copies;
using Actors.Ledger;

namespace Actors.Cli.Chains;

/// <summary><c>actors chain copy</c>: a chain moves from a data folder into a PostgreSQL database, or back.</summary>
internal static class ChainCopyCommand
{
    public static Command Create(CommandRunner runner)
    {
        var id = Parser.Argument("ID", "The chain.", ChainId.Parse);
        var from = new Option<string>("--from") { Description = "Where it is: a data folder, a connection string, or '-' for what ACTORS_STORE holds.", HelpName = ChainPlace.Form, Required = true };
        var to = new Option<string>("--to") { Description = "Where it goes, likewise; the tables of a database must be there ('actors db migrate').", HelpName = ChainPlace.Form, Required = true };
        var command = new Command("copy", "Close a chain where it is, for ever, and copy it into another store, with an audit at the end. Interrupted, the same command goes on.") { id, from, to };
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var chain = session.Get(id);
            var (source, target) = (ChainPlace.Parse(session.Get(from), mustExist: true), ChainPlace.Parse(session.Get(to), mustExist: false));
            if (source.Name == target.Name)
            {
                throw new CannotRunException($"--from and --to are both {source.Name}");
            }

            using var store = source.Open();
            var copy = new ChainCopy(store, target.Open, target.Name);
            var report = await ProgressDisplay.RunAsync(session.Streams, $"copying {chain}", advance => copy.RunAsync(chain.Value, new Shown(advance), cancellation));
            return Answer(session, chain, source, target, report);
        });
    }

    private static int Answer(Session session, ChainId chain, ChainPlace source, ChainPlace target, CopyReport report)
    {
        var json = new JsonObject
        {
            ["chain"] = chain.Value,
            ["genesisHash"] = report.Audit.GenesisHash.ToString(),
            ["height"] = Text(report.Audit.Height),
            ["headerHash"] = report.Audit.HeaderHash.ToString(),
            ["blocksCopied"] = Text(report.BlocksCopied),
            ["clean"] = report.IsClean,
            ["findings"] = new JsonArray([.. report.Findings.Select(finding => (JsonNode)finding)]),
        };
        session.Answer(json, Table.Of(
            ("chain", chain.Value),
            ("genesis", report.Audit.GenesisHash.ToString()),
            ("height", Text(report.Audit.Height)),
            ("header", report.Audit.HeaderHash.ToString()),
            ("copied", $"{Text(report.BlocksCopied)} blocks, to {target.Name}"),
            ("closed", $"{source.Name}: read-only for ever"),
            ("audit", report.IsClean ? "CLEAN: every root, seal, signature and sum is as recorded" : "FOUND: " + report.Findings[0])));
        if (!report.IsClean)
        {
            session.Notice($"actors: the copy of {chain} is not clean, so it was not given its name and no node opens it: {report.Findings[0]}");
            return ExitCode.FoundWrong;
        }

        session.Notice($"actors: note: sealing keys are not copied; the node that goes on needs sealing-keys/{chain} in its data folder");
        return ExitCode.Fine;
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Copying and auditing, half of the way each.</summary>
    private sealed class Shown(Advance advance) : IProgress<CopyProgress>
    {
        public void Report(CopyProgress value) => advance.Report((long)(value.IsAudit ? value.Of + value.Done : value.Done), (long)value.Of * 2);
    }
}
