using System.CommandLine;
using System.Globalization;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;

namespace Actors.Cli.Keysets;

/// <summary><c>actors keyset open|change|show</c>.</summary>
internal static class KeysetCommand
{
    public static Command Create(CommandRunner runner) => new("keyset", "Open and change keysets: the keys that own accounts, issue assets and decide pendings.")
    {
        Open(runner),
        Change(runner),
        Show(runner),
    };

    private static Command Open(CommandRunner runner)
    {
        var signing = new SigningOptions();
        var members = new MemberOptions("The keyset's keys (by default those that sign)", required: false);
        var command = members.AddTo(signing.AddTo(new Command("open", "Open a keyset; its own keys sign.")));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            using var keys = signing.Read(session);
            var definition = members.Read(session, [.. keys.All.Select(key => new WeightedKey(key.Public, 1))]);
            return await new Submission(runner.Common, signing).RunAsync(
                session, session.Node(runner.Common), session.Chain(runner.Common), keys, builder => builder.Add(new OpenKeyset(definition)), cancellation);
        });
    }

    private static Command Change(CommandRunner runner)
    {
        var keyset = Parser.Argument("KEYSET", "The keyset's number.", Parser.Keyset);
        var signing = new SigningOptions();
        var members = new MemberOptions("All keys it has from now on");
        var command = members.AddTo(signing.AddTo(new Command("change", "Replace the keys and the threshold of a keyset; signed under the old ones.") { keyset }));
        return runner.RunAsync(command, (session, cancellation) =>
        {
            var change = new ChangeKeyset(EntityReference.Numbered(session.Get(keyset)), members.Read(session));
            return new Submission(runner.Common, signing).RunAsync(session, session.Chain(runner.Common), builder => builder.Add(change), cancellation);
        });
    }

    private static Command Show(CommandRunner runner)
    {
        var keyset = Parser.Argument("KEYSET", "The keyset's number.", Parser.Keyset);
        return runner.RunAsync(new Command("show", "The keys and the threshold of a keyset.") { keyset }, async (session, cancellation) =>
        {
            var answered = await session.Node(runner.Common).GetKeysetAsync(session.Chain(runner.Common), session.Get(keyset), cancellation);
            var lines = Table.Of(
                ("keyset", answered.Value.Number.ToString(CultureInfo.InvariantCulture)),
                ("threshold", answered.Value.Threshold.ToString(CultureInfo.InvariantCulture)),
                ("changed at", $"block {answered.Value.ChangedAt}"));
            session.Answer(answered.Json, [.. lines, .. answered.Value.Keys.Select(key => $"key        {key.Key} weight {key.Weight}")]);
        });
    }
}
