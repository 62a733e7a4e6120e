using System.CommandLine;
using System.Text.Json.Nodes;

namespace Actors.Cli.Relays;

/// <summary><c>actors relay</c>: joins the channels between the chains of two nodes that do not trust each other. It needs no trust itself.</summary>
internal static class RelayCommand
{
    public static Command Create(CommandRunner runner)
    {
        var options = new RelayOptions();
        var command = new Command("relay", "Carry what channels between the chains of two nodes have for each other, both ways, until interrupted. It can delay and not forge: every chain checks the proofs itself. Keeps nothing; several do no harm.");
        return runner.RunAsync(options.AddTo(command), async (session, cancellation) =>
        {
            using var from = options.OpenFrom(session, runner.Common);
            using var to = options.OpenTo(session, runner.Common);
            var telling = new RelayTelling(line => (session.Json ? session.Streams.Error : session.Streams.Out).WriteLine(line));
            var relay = new NodeRelay(new RelayDiscovery(from, to, options.Selection(session)), telling);
            var once = options.Once(session);
            var fine = true;
            if (once)
            {
                fine = await relay.CarryOnceAsync(RelayOptions.Patience(session, runner.Common), cancellation);
            }
            else
            {
                await relay.FollowAsync(cancellation);
            }

            telling.Progress(relay.Directions);
            session.Answer(Answer(relay, telling));
            return fine ? ExitCode.Fine : ExitCode.FoundWrong;
        });
    }

    private static JsonObject Answer(NodeRelay relay, RelayTelling telling) => new()
    {
        ["channels"] = relay.Links.Count,
        ["carried"] = new JsonArray([.. relay.Directions.Select(direction => (JsonNode)direction.Json)]),
        ["lastTrouble"] = telling.LastTrouble,
    };
}
