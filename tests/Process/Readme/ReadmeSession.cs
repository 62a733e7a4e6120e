namespace Actors.ProcessTests.Readme;

/// <summary>One command of the session and what the README shows under it; <paramref name="Line"/> is where the command stands.</summary>
internal sealed record ReadmeStep(int Line, string Command, IReadOnlyList<string> Shown);

/// <summary>The <c>console</c> blocks of the README: lines with a prompt are commands, the others are output.</summary>
internal static class ReadmeSession
{
    private const string Begin = "```console";
    private const string End = "```";
    private const string Prompt = "$ ";

    public static IReadOnlyList<ReadmeStep> Read(IReadOnlyList<string> readme)
    {
        var steps = new List<ReadmeStep>();
        var shown = new List<string>();
        var isInside = false;
        for (var i = 0; i < readme.Count; i++)
        {
            if (!isInside || readme[i] == End)
            {
                isInside = readme[i] == Begin;
            }
            else if (readme[i].StartsWith(Prompt, StringComparison.Ordinal))
            {
                steps.Add(new ReadmeStep(i, readme[i][Prompt.Length..], shown = []));
            }
            else
            {
                shown.Add(readme[i]);
            }
        }

        return steps;
    }

    /// <summary>The README with other output under its commands.</summary>
    public static IEnumerable<string> Write(IReadOnlyList<string> readme, IReadOnlyList<ReadmeStep> steps, IReadOnlyList<IReadOnlyList<string>> outputs)
    {
        var next = 0;
        for (var i = 0; i < readme.Count; i++)
        {
            yield return readme[i];
            if (next < steps.Count && steps[next].Line == i)
            {
                i += steps[next].Shown.Count;
                foreach (var line in outputs[next++])
                {
                    yield return line;
                }
            }
        }
    }
}
