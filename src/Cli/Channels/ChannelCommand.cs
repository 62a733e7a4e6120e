using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;

namespace Actors.Cli.Channels;

/// <summary><c>actors channel ...</c>: open channels between chains, look at them, and what their operators may change.</summary>
internal static class ChannelCommand
{
    public static Command Create(CommandRunner runner) => new("channel", "Channels between chains: open them, and see what is on its way over them.")
    {
        ChannelOpenCommand.Create(runner),
        List(runner),
        Show(runner),
        Packets(runner),
        PacketReceipt.Create(runner),
        ChannelSettings.Pause(runner),
        ChannelSettings.Resume(runner),
        ChannelSettings.Limit(runner),
        ChannelSettings.Abandon(runner),
    };

    public static Argument<uint> NumberArgument() => Parser.Argument("CHANNEL", "The channel's number on this chain.", Parser.Channel);

    private static Command List(CommandRunner runner) => runner.RunAsync(new Command("list", "A chain's channels."), async (session, cancellation) =>
    {
        var (node, chain) = (session.Node(runner.Common), session.Chain(runner.Common));
        var channels = new JsonArray();
        var lines = new List<string>();
        for (uint? after = 0; after is { } next;)
        {
            var page = await node.ListChannelsAsync(chain, next, cancellation);
            foreach (var channel in page.Json["channels"]!.AsArray())
            {
                channels.Add(channel!.DeepClone());
            }

            lines.AddRange(page.Value.Channels.Select(ChannelWords.Of));
            after = page.Value.Next;
        }

        session.Answer(new JsonObject { ["channels"] = channels }, lines.Count == 0 ? [$"chain {chain} has no channel"] : lines);
    });

    private static Command Show(CommandRunner runner)
    {
        var number = NumberArgument();
        return runner.RunAsync(new Command("show", "Where a channel stands, and its routes.") { number }, async (session, cancellation) =>
        {
            var (node, chain) = (session.Node(runner.Common), session.Chain(runner.Common));
            var answered = await node.GetChannelAsync(chain, session.Get(number), cancellation);
            var routes = await node.AllRoutesAsync(chain, session.Get(number), cancellation);
            session.Answer(answered.Json, [.. ChannelWords.Table(answered.Value), .. routes.Select(ChannelWords.Of)]);
        });
    }

    private static Command Packets(CommandRunner runner)
    {
        var number = NumberArgument();
        var state = Parser.Optional<string?>("--state", "sent, refunded, or stuck: those that somebody should look at.", text =>
            text is "sent" or "refunded" or "stuck" ? text : throw new FormatException($"'{text}' is not a state: expected sent, refunded or stuck"));
        var after = Parser.Optional<ulong?>("--after", "Go on after this sequence.", text => Parser.Number(text, "sequence", long.MaxValue));
        var limit = Parser.Optional<ulong?>("--limit", "At most so many, 1 to 200. [default: 50]", text => Parser.Number(text, "limit", 200));
        var command = new Command("packets", "Packets that are not settled, and what each waits for.") { number, state, after, limit };
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var (node, chain) = (session.Node(runner.Common), session.Chain(runner.Common));
            var channel = (await node.GetChannelAsync(chain, session.Get(number), cancellation)).Value;
            var query = $"limit={session.Find(limit) ?? 50}&after={session.Find(after) ?? 0}" + (session.Find(state) is { } wanted ? $"&state={wanted}" : "");
            var page = await node.ListPacketsAsync(chain, channel.Number, query, cancellation);
            List<string> lines = [.. page.Value.Packets.Select(packet => ChannelWords.Of(chain, channel, packet))];
            lines.Add(page.Value.Next is { } next ? $"there may be more: --after {next}" : lines.Count == 0 ? "there is none" : "that is all");
            session.Answer(page.Json, lines);
        });
    }
}
