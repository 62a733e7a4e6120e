using System.CommandLine;
using Actors.Cli.Terminals;

namespace Actors.Cli.Databases;

/// <summary>
/// <c>--store</c>: the connection string of a PostgreSQL database. It may hold a password, and what is typed can be read by others on the machine, so the
/// environment is the better place for it; no command repeats it.
/// </summary>
internal static class StoreOption
{
    public const string Variable = "ACTORS_STORE";

    private const string FromEnvironment = "-";

    public static Option<string?> Create(string description) =>
        new("--store") { Description = $"{description} [env {Variable}]", HelpName = "CONNECTION" };

    /// <summary>For a run that otherwise keeps what it makes in SQLite.</summary>
    public static Option<string?> ForRun(string description) =>
        new("--store") { Description = $"{description}. '{FromEnvironment}' stands for what {Variable} holds. [default: SQLite in the data folder]", HelpName = "CONNECTION" };

    /// <summary>What was typed, where '-' stands for the environment's: for options that change what a command does by being there.</summary>
    public static string Resolve(string typed) => typed != FromEnvironment ? typed
        : CommonOptions.Variable(Variable) ?? throw new CannotRunException($"which database? {Variable} is not set");

    /// <summary>What was typed, or the environment's.</summary>
    public static string Require(Session session, Option<string?> option) => session.Find(option) ?? CommonOptions.Variable(Variable)
        ?? throw new CannotRunException($"which database? Give --store 'Host=...;Database=...;Username=...' or set {Variable}");
}
