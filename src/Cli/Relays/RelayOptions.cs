using System.CommandLine;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Relays;

/// <summary>What <c>actors relay</c> understands.</summary>
internal sealed class RelayOptions
{
    private const string FromKeyVariable = "ACTORS_FROM_API_KEY";
    private const string ToKeyVariable = "ACTORS_TO_API_KEY";
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);
    private readonly Option<Uri> _from = Address("--from", "The address of one node.");
    private readonly Option<Uri> _to = Address("--to", "The address of the other; both directions are carried.");
    private readonly Option<ChainId[]> _fromChains = Parser.Many("--from-chain", "A chain of the one node; may be given again.", "ID", ChainId.Parse);
    private readonly Option<ChainId[]> _toChains = Parser.Many("--to-chain", "A chain of the other; may be given again.", "ID", ChainId.Parse);
    private readonly Option<uint[]> _channels = Parser.Many("--channel", "A channel's number on the chains of --from; may be given again.", "NUMBER", text => (uint)Parser.Number(text, "channel", Limits.ChannelsMax));
    private readonly Option<string?> _fromKey = Key("--from-api-key", FromKeyVariable);
    private readonly Option<string?> _toKey = Key("--to-api-key", ToKeyVariable);
    private readonly Option<bool> _once = new("--once") { Description = "Carry all there is, then end." };

    public Command AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[_from, _to, _fromChains, _toChains, _channels, _fromKey, _toKey, _once])
        {
            command.Add(option);
        }

        return command;
    }

    public bool Once(Session session) => session.Get(_once);

    /// <summary>How long a single run goes on asking a node that does not answer.</summary>
    public static TimeSpan Patience(Session session, CommonOptions common) => session.Find(common.Wait) ?? PatienceMax;

    public RelayNode OpenFrom(Session session, CommonOptions common) => new(session.Get(_from), Credential(session, common, _fromKey, FromKeyVariable));

    public RelayNode OpenTo(Session session, CommonOptions common) => new(session.Get(_to), Credential(session, common, _toKey, ToKeyVariable));

    public RelaySelection Selection(Session session) => new(session.Find(_fromChains) ?? [], session.Find(_toChains) ?? [], session.Find(_channels) ?? []);

    private static string? Credential(Session session, CommonOptions common, Option<string?> option, string variable) =>
        (session.Find(option) ?? CommonOptions.Variable(variable)) is { } own ? SessionNode.ReadCredential(own) : session.Credential(common);

    private static Option<Uri> Address(string name, string description) =>
        new(name) { Description = description, HelpName = "URL", Required = true, CustomParser = Parser.Guard<Uri>(CommonOptions.ParseNode) };

    private static Option<string?> Key(string name, string variable) => new(name)
    {
        Description = $"API key, JWT or admin token for that node, with the scopes read-all and submit; with @ before it the file that holds it. [env {variable}; default: --api-key or --token]",
        HelpName = "KEY",
    };
}
