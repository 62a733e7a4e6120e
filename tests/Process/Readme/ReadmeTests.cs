namespace Actors.ProcessTests.Readme;

/// <summary>
/// The sessions of the README and of the page about channels are run as they stand there, and print what stands there. With
/// <c>ACTORS_UPDATE_README=1</c> the output is written into the page instead.
/// </summary>
public sealed class ReadmeTests
{
    private const string UpdateVariable = "ACTORS_UPDATE_README";

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/channels.md")]
    public async Task The_session_prints_what_the_page_shows(string page)
    {
        var path = Path.Combine(RepositoryRoot.Path, page);
        var readme = await File.ReadAllLinesAsync(path);
        var steps = ReadmeSession.Read(readme);
        using var shell = new SessionShell(RepositoryRoot.Path);
        var outputs = await shell.RunAsync(steps.Select(step => step.Command));
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            await File.WriteAllTextAsync(path, string.Concat(ReadmeSession.Write(readme, steps, outputs).Select(line => line + "\n")));
            return;
        }

        Assert.Equal(Transcript(steps, [.. steps.Select(step => step.Shown)]), Transcript(steps, outputs));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("docs/operations.md")]
    [InlineData("docs/channels.md")]
    public async Task Links_lead_somewhere(string page)
    {
        var path = Path.Combine(RepositoryRoot.Path, page);
        foreach (var target in (await File.ReadAllTextAsync(path)).Split("](").Skip(1).Select(rest => rest.Split(')')[0]).Where(target => !target.Contains("://")))
        {
            var parts = target.Split('#');
            var file = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            Assert.True(Path.Exists(file), $"{page} links to {target}, which is not there");
            Assert.True(parts.Length == 1 || (await File.ReadAllLinesAsync(file)).Any(line => Anchor(line) == parts[1]), $"{page} links to {target}, a heading that is not there");
        }
    }

    private static string Transcript(IReadOnlyList<ReadmeStep> steps, IReadOnlyList<IReadOnlyList<string>> outputs)
    {
        var parts = new VaryingParts();
        var lines = steps.Select((step, i) => string.Join('\n', [$"$ {step.Command}", .. i < outputs.Count ? outputs[i].Select(parts.Name) : ["(not run)"]]));
        return string.Join('\n', lines);
    }

    private static string? Anchor(string line) =>
        line.StartsWith('#') ? string.Concat(line.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-').Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) : null;
}
