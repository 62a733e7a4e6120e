using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Keysets;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;

namespace Actors.Cli.Chains;

/// <summary><c>actors chain ...</c>: create (admin), list, show, and what only a chain's operator may change.</summary>
internal static class ChainCommand
{
    public static Command Create(CommandRunner runner) => new("chain", "Create chains, look at them, and change who operates and seals them.")
    {
        New(runner),
        List(runner),
        Show(runner),
        ChangeOperator(runner),
        ChangeSealingKey(runner),
        ChainCopyCommand.Create(runner),
        ChainRecoverCommand.Create(runner),
    };

    private static Command New(CommandRunner runner)
    {
        var id = Parser.Argument("ID", "A name: a-z, 0-9 and -.", ChainId.Parse);
        var members = new MemberOptions("The operator keyset's keys");
        var leafRecords = new Option<int?>("--leaf-records") { Description = "Records under one leaf of the state tree: 1, 2, 4 ... 64. More is faster to hash and longer to prove." };
        var openMax = new Option<int?>("--open-without-issuer") { Description = "How many accounts an owner opens at once without the asset's issuer; 0: none. [default: 1000]" };
        var command = new Command("create", "Create a chain; needs the node's admin token.") { id, leafRecords, openMax };
        return runner.RunAsync(members.AddTo(command), async (session, cancellation) =>
        {
            var request = new JsonObject { ["id"] = session.Get(id).Value, ["operator"] = KeysetJson.Of(members.Read(session)) };
            if (session.Find(leafRecords) is { } records)
            {
                request["leafRecords"] = records;
            }

            if (session.Find(openMax) is { } max)
            {
                request["openWithoutIssuerMax"] = max;
            }

            Answer(session, await session.Node(runner.Common).CreateChainAsync(request, cancellation));
        });
    }

    private static Command List(CommandRunner runner) => runner.RunAsync(new Command("list", "The node's chains, by name."), async (session, cancellation) =>
    {
        var chains = await session.Node(runner.Common).ListChainsAsync(cancellation);
        session.Answer(new JsonObject { ["chains"] = new JsonArray([.. chains.Select(chain => (JsonNode)chain)]) }, chains.Count == 0 ? ["there is no chain"] : chains);
    });

    private static Command Show(CommandRunner runner)
    {
        var id = new Argument<ChainId?>("ID") { Description = "The chain; or --chain.", Arity = ArgumentArity.ZeroOrOne, CustomParser = Parser.Guard<ChainId?>(text => ChainId.Parse(text)) };
        return runner.RunAsync(new Command("show", "Where a chain stands.") { id }, async (session, cancellation) =>
        {
            var chain = session.Typed.GetValue(id) ?? session.Chain(runner.Common);
            Answer(session, await session.Node(runner.Common).GetChainAsync(chain, cancellation));
        });
    }

    private static Command ChangeOperator(CommandRunner runner)
    {
        var keyset = Parser.Argument("KEYSET", "The keyset that becomes the operator.", Parser.Keyset);
        var signing = new SigningOptions();
        var command = signing.AddTo(new Command("change-operator", "Make another keyset the operator; signed by the one that is.") { keyset });
        return runner.RunAsync(command, (session, cancellation) => new Submission(runner.Common, signing).RunAsync(
            session,
            session.Chain(runner.Common),
            builder => builder.Add(new ChangeOperator(EntityReference.Numbered(session.Get(keyset)))),
            cancellation));
    }

    private static Command ChangeSealingKey(CommandRunner runner)
    {
        var signing = new SigningOptions();
        var command = signing.AddTo(new Command("change-sealing-key", "Let the node make a new sealing key and name it; signed by the operator, needs the admin token."));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var chain = session.Chain(runner.Common);
            using var keys = signing.Read(session);
            var node = session.Node(runner.Common);
            var prepared = (await node.PrepareSealingKeyAsync(chain, cancellation)).Value.Key;
            if (!PublicKey.TryParse(prepared, out var key))
            {
                throw new CannotRunException($"the node answered '{prepared}' as its new sealing key, expected 128 hex digits");
            }

            return await new Submission(runner.Common, signing).RunAsync(session, node, chain, keys, builder => builder.Add(new ChangeSealingKey(key)), cancellation);
        });
    }

    private static void Answer(Session session, Answered<ChainAnswer> answered)
    {
        var chain = answered.Value;
        session.Answer(answered.Json, Table.Of(
            ("chain", chain.Id),
            ("genesis", chain.GenesisHash),
            ("created", Instant.Format(new Timestamp(chain.Created))),
            ("height", chain.Height.ToString(CultureInfo.InvariantCulture)),
            ("header", chain.HeaderHash),
            ("accounts", chain.Accounts.ToString(CultureInfo.InvariantCulture)),
            ("keysets", chain.Keysets.ToString(CultureInfo.InvariantCulture)),
            ("assets", chain.Assets.ToString(CultureInfo.InvariantCulture)),
            ("pendings", chain.Pendings.ToString(CultureInfo.InvariantCulture)),
            ("operator", $"keyset {chain.Operator}"),
            ("sealing key", chain.SealingKey),
            ("writes stopped", chain.WritesStopped)));
        foreach (var notice in chain.Notices)
        {
            session.Notice("actors: note: " + notice);
        }
    }
}
