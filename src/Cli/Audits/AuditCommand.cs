using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Databases;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Engine.Audits;
using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Audits;

/// <summary>
/// <c>actors audit</c>: replays whole chains, from nodes or straight from stores, and recomputes every root, signature and sum; several side by side, so
/// that what one chain holds in escrow is compared with what another has issued for it. A clean audit is exit code 0, findings are 1.
/// </summary>
internal static class AuditCommand
{
    public static Command Create(CommandRunner runner)
    {
        var data = new Option<string?>("--data") { Description = "Read a data folder instead of asking a node; it may be in use.", HelpName = "DIR" };
        var store = new Option<string?>("--store") { Description = $"Read a PostgreSQL database instead; it may be in use. '-' stands for what {StoreOption.Variable} holds.", HelpName = "CONNECTION" };
        var chain = Parser.Many("--chain", $"A chain, once for each to be audited: ID, or ID=PLACE with a node's address (asked without credentials), a data folder, or - for the database that {StoreOption.Variable} names. [env {CommonOptions.ChainVariable}; default: all]", "ID[=PLACE]", NamedChain.Parse);
        var genesis = Parser.Many("--genesis", "The genesis hashes that you hold, one for each --chain in their order. Without them each chain's own is accepted and reported.", "HASH", Hash256.Parse);
        var command = new Command("audit", "Replay chains from their first block and check every root, seal, signature and sum, and the channels between them; all chains of a node or store unless --chain names some.") { data, store, chain, genesis };
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var expected = session.Find(genesis) ?? [];
            var place = new AuditPlaces(session, runner.Common, session.Find(data), session.Find(store));
            NamedChain[] named = session.Find(chain) is { Length: > 0 } given ? given : session.FindChain(runner.Common) is { } one ? [new NamedChain(one, null)] : [];
            if (expected.Length > 0 && expected.Length != named.Length)
            {
                throw new CannotRunException(named.Length == 0 ? "--genesis is of one chain: give --chain too" : $"{expected.Length} genesis hashes are given for {named.Length} chains: one for each, in their order");
            }

            if (named.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw new CannotRunException($"chain {twice.Key} is named twice");
            }

            NamedChain[] chains = named.Length > 0 ? named : [.. (await place.Default.ListChainsAsync(cancellation)).Select(id => new NamedChain(id, null))];
            return await RunAsync(session, place, chains, expected, cancellation);
        });
    }

    private static async Task<int> RunAsync(Session session, AuditPlaces places, NamedChain[] chains, Hash256[] expected, CancellationToken cancellation)
    {
        var (opened, names, unreadable, genesis) = (new List<OpenedChain>(), new List<string>(), new List<ChainFindings>(), new List<Hash256?>());
        try
        {
            for (var i = 0; i < chains.Length; i++)
            {
                try
                {
                    opened.Add(await places.Of(chains[i]).OpenAsync(chains[i].Id, cancellation));
                    names.Add(chains.Count(other => other.Id == chains[i].Id) == 1 ? chains[i].Id.Value : chains[i].ToString());
                    genesis.Add(expected.Length > 0 ? expected[i] : null);
                }
                catch (StoreCorruptException damage)
                {
                    unreadable.Add(new ChainFindings(chains[i].Id, null, [damage.Message]));
                }
            }

            var title = opened.Count == 1 ? $"auditing {names[0]}" : $"auditing {opened.Count} chains";
            AuditedChain[] audited = [.. opened.Select((chain, i) => new AuditedChain(names[i], chain.Source, genesis[i]))];
            var report = await ProgressDisplay.RunAsync(session.Streams, title, advance => ChannelsAudit.RunAsync(audited, new BlockProgress(advance, opened), cancellation));
            var findings = opened.Select((chain, i) => new ChainFindings(chain.Chain, report.Chains[i], [.. report.Chains[i].Findings, .. chain.CheckStore(cancellation)]));
            return Answer(session, [.. findings, .. unreadable], opened.Count > 1 ? new ChannelFindings(report, names) : null);
        }
        catch (ArgumentException same)
        {
            throw new CannotRunException(same.Message, same);
        }
        finally
        {
            opened.ForEach(chain => chain.Dispose());
        }
    }

    private static int Answer(Session session, List<ChainFindings> audits, ChannelFindings? channels)
    {
        var isClean = audits.All(audit => audit.Findings.Count == 0) && channels is null or { Report.Findings.Count: 0 };
        var json = new JsonObject { ["clean"] = isClean, ["chains"] = new JsonArray([.. audits.Select(audit => (JsonNode)audit.Json)]) };
        if (channels is not null)
        {
            json["channels"] = channels.Json;
        }

        session.Answer(json, audits.Count == 0 ? ["there is no chain"] : [.. audits.SelectMany(audit => audit.Lines), .. HasChannels(channels) ? channels!.Lines : []]);
        if (isClean)
        {
            return ExitCode.Fine;
        }

        session.Notice(audits.Find(audit => audit.Findings.Count > 0) is { } broken
            ? $"actors: chain {broken.Chain} is not clean: {broken.Findings[0]}"
            : $"actors: the channels are not clean: {channels!.Report.Findings[0]}");
        return ExitCode.FoundWrong;
    }

    private static bool HasChannels(ChannelFindings? channels) =>
        channels is { Report: { } report } && report.Routes.Count + report.ActsOfTrust.Count + report.NotCompared.Count + report.Findings.Count > 0;
}
