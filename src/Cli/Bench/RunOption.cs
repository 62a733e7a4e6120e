using System.CommandLine;
using System.Globalization;
using Actors.Cli.Parsing;

namespace Actors.Cli.Bench;

/// <summary>What the options of all runs have in common.</summary>
internal static class RunOption
{
    /// <summary>A number from 1; thousands may be parted by commas.</summary>
    public static Option<int> Count(string name, string description, int otherwise) => new(name) { Description = description, DefaultValueFactory = _ => otherwise, CustomParser = Parser.Guard(Positive) };

    /// <summary>The same; null where it is not given.</summary>
    public static Option<int?> Count(string name, string description) => Parser.Optional<int?>(name, description, text => Positive(text));

    /// <exception cref="CannotRunException">The settings do not go together.</exception>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new CannotRunException(otherwise);
        }
    }

    private static int Positive(string text) => int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new FormatException($"'{text}' is not a number from 1");
}
