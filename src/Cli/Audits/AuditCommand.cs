using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Databases;
using Actors.Cli.Terminals;

namespace Actors.Cli.Audits;

/// <summary>
/// <c>actors audit</c>: replays whole chains, from a node or straight from a data folder, and recomputes every root, signature and
/// sum. A clean audit is exit code 0, findings are 1.
/// </summary>
internal static class AuditCommand
{
    public static Command Create(CommandRunner runner)
    {
        var data = new Option<string?>("--data") { Description = "Read a data folder instead of asking a node; it may be in use.", HelpName = "DIR" };
        var store = new Option<string?>("--store") { Description = $"Read a PostgreSQL database instead; it may be in use. '-' stands for what {StoreOption.Variable} holds.", HelpName = "CONNECTION" };
        var genesis = CommonOptions.Genesis("The genesis hash that you hold; needs one chain to be named. Without it each chain's own is accepted and reported.");
        var command = new Command("audit", "Replay chains from their first block and check every root, seal, signature and sum; all chains unless --chain names one.") { data, store, genesis };
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var named = session.FindChain(runner.Common);
            var expected = session.Find(genesis);
            if (expected is not null && named is null)
            {
                throw new CannotRunException("--genesis is of one chain: give --chain too");
            }

            IAuditPlace place = session.Find(data) is { } folder ? StorePlace.OfFolder(folder)
                : session.Find(store) is { } connection ? StorePlace.OfDatabase(StoreOption.Resolve(connection))
                : new NodePlace(session.Node(runner.Common));
            var audits = new List<ChainFindings>();
            foreach (var chain in named is { } one ? [one] : await place.ListChainsAsync(cancellation))
            {
                audits.Add(await ProgressDisplay.RunAsync(session.Streams, $"auditing {chain}", advance => place.AuditAsync(chain, expected, advance, cancellation)));
            }

            return Answer(session, audits);
        });
    }

    private static int Answer(Session session, List<ChainFindings> audits)
    {
        var isClean = audits.All(audit => audit.Findings.Count == 0);
        var json = new JsonObject { ["clean"] = isClean, ["chains"] = new JsonArray([.. audits.Select(audit => (JsonNode)audit.Json)]) };
        session.Answer(json, audits.Count == 0 ? ["there is no chain"] : audits.SelectMany(audit => audit.Lines));
        if (isClean)
        {
            return ExitCode.Fine;
        }

        var broken = audits.First(audit => audit.Findings.Count > 0);
        session.Notice($"actors: chain {broken.Chain} is not clean: {broken.Findings[0]}");
        return ExitCode.FoundWrong;
    }
}
