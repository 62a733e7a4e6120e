using System.Text.Json.Nodes;
using Actors.Cli.Terminals;

namespace Actors.Cli.Tests;

/// <summary>One run of the command line, in this process: what a shell would see of it.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>The one object that --json promises on stdout.</summary>
    public JsonObject Json => JsonNode.Parse(Out)!.AsObject();

    public static async Task<CliRun> OfAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await ActorsCommand.RunAsync(arguments, new Streams(output, TextWriter.Synchronized(error), ErrorIsTerminal: false));
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    public CliRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, found {ExitCode}\n{Out}{Error}");
        return this;
    }

    public CliRun ExpectError(string part)
    {
        Assert.Contains(part, Error);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        return this;
    }
}
