using System.CommandLine;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger.Keysets;

namespace Actors.Cli.Keysets;

/// <summary>A keyset as it is typed: its keys with their weights, and the weight that must sign.</summary>
internal sealed class MemberOptions(string what, bool required = true)
{
    private readonly Option<WeightedKey[]> _members = new("--member")
    {
        Description = $"{what}: a public key in hex or a PEM file, each as KEY or KEY:WEIGHT; give it once for each key.",
        Required = required,
        Arity = ArgumentArity.OneOrMore,
        HelpName = "KEY[:WEIGHT]",
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(token => KeysetMember.Parse(token.Value))];
            }
            catch (Exception fault) when (fault is FormatException or CannotRunException)
            {
                result.AddError(fault.Message);
                return [];
            }
        },
    };

    private readonly Option<int> _threshold = new("--threshold") { Description = "The sum of weights that must sign.", DefaultValueFactory = _ => 1 };

    public Command AddTo(Command command)
    {
        command.Add(_members);
        command.Add(_threshold);
        return command;
    }

    /// <summary>The keyset that was typed, of <paramref name="ifNone"/> when no member was.</summary>
    public KeysetDefinition Read(Session session, IReadOnlyList<WeightedKey>? ifNone = null) =>
        new(session.Get(_threshold), session.Find(_members) is { Length: > 0 } members ? members : ifNone ?? []);
}
