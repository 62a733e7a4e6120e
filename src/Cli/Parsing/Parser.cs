using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Parsing;

/// <summary>Options and arguments of the ledger's own types; what does not parse is an error of the command line.</summary>
internal static class Parser
{
    public static Option<Address> Address(string name, string description) => Required(name, description, Actors.Ledger.Address.Parse);

    public static Argument<Address> AddressArgument() =>
        Argument("ADDRESS", "The account, as chain.number.check.", Actors.Ledger.Address.Parse);

    public static Option<T> Required<T>(string name, string description, Func<string, T> parse) =>
        new(name) { Description = description, Required = true, CustomParser = Guard(parse) };

    public static Option<T?> Optional<T>(string name, string description, Func<string, T?> parse) =>
        new(name) { Description = description, CustomParser = Guard(parse) };

    /// <summary>An option that may be given again, each time with one value or several.</summary>
    public static Option<T[]> Many<T>(string name, string description, string form, Func<string, T> parse) =>
        new(name) { Description = description, HelpName = form, Arity = ArgumentArity.OneOrMore, CustomParser = GuardAll(parse) };

    public static Argument<T> Argument<T>(string name, string description, Func<string, T> parse) =>
        new(name) { Description = description, CustomParser = Guard(parse) };

    public static uint Keyset(string text) => checked((uint)Number(text, "keyset", uint.MaxValue));

    public static uint Asset(string text) => checked((uint)Number(text, "asset", Limits.AssetsMax));

    public static uint Channel(string text) => checked((uint)Number(text, "channel", Limits.ChannelsMax));

    public static uint Peer(string text) => checked((uint)Number(text, "peer", Limits.PeersMax));

    public static uint Route(string text) => checked((uint)Number(text, "route", Limits.RoutesMax));

    public static ulong Pending(string text) => Number(text, "pending", long.MaxValue);

    public static ulong Count(string text) => Number(text, "count", Limits.AccountsPerOpenMax);

    public static Hash256 Hash(string text) => Hash256.Parse(text);

    public static ulong Number(string text, string what, ulong max) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw new FormatException($"'{text}' is not a {what}: expected a number from 1 to {max}");

    /// <summary>Makes a parser of text into one of the command line, which reports instead of throwing.</summary>
    public static Func<ArgumentResult, T?> Guard<T>(Func<string, T?> parse) => result =>
    {
        try
        {
            return parse(result.Tokens.Single().Value);
        }
        catch (Exception fault) when (fault is FormatException or CannotRunException)
        {
            result.AddError(fault.Message);
            return default;
        }
    };

    private static Func<ArgumentResult, T[]> GuardAll<T>(Func<string, T> parse) => result =>
    {
        try
        {
            return [.. result.Tokens.Select(token => parse(token.Value))];
        }
        catch (FormatException fault)
        {
            result.AddError(fault.Message);
            return [];
        }
    };
}
