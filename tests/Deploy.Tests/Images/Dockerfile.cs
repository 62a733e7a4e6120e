using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Deploy.Tests.Images;

/// <summary>A line of a Dockerfile, continued ones joined: its first word and the rest.</summary>
internal sealed record Instruction(string Name, string Arguments)
{
    public string[] Words => Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What stands between one FROM and the next.</summary>
internal sealed record Stage(string Image, string? Name, IReadOnlyList<Instruction> Instructions)
{
    public IEnumerable<Instruction> All(string name) => Instructions.Where(instruction => instruction.Name == name);

    public Instruction Single(string name) => Assert.Single(All(name));
}

/// <summary>deploy/Dockerfile, as far as its instructions are known here; another one is a failure, because then these tests would pass over it.</summary>
internal sealed partial class Dockerfile
{
    private static readonly string[] Known = ["FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "EXPOSE", "ENTRYPOINT"];

    private Dockerfile(IReadOnlyList<Stage> stages) => Stages = stages;

    public IReadOnlyList<Stage> Stages { get; }

    public Stage Build => Stages[0];

    public Stage Final => Stages[^1];

    /// <summary>What a container of the image runs.</summary>
    public string[] Entrypoint => JsonSerializer.Deserialize<string[]>(Final.Single("ENTRYPOINT").Arguments)!;

    /// <summary>What is published and to where.</summary>
    public IReadOnlyList<(string Project, string Output)> Published => [.. Build.All("RUN")
        .SelectMany(run => Publish().Matches(run.Arguments))
        .Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    public static Dockerfile Read() => Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "deploy", "Dockerfile")));

    public static Dockerfile Parse(string text)
    {
        var stages = new List<Stage>();
        var instructions = new List<Instruction>();
        foreach (var line in Continued().Replace(Comment().Replace(text, ""), " ").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            var instruction = new Instruction(parts[0], parts.ElementAtOrDefault(1) ?? "");
            Assert.True(Known.Contains(instruction.Name), $"these tests do not know what {instruction.Name} does");
            if (instruction.Name == "FROM")
            {
                instructions = [];
                stages.Add(new Stage(instruction.Words[0], instruction.Words is [_, "AS", var name] ? name : null, instructions));
            }
            else
            {
                instructions.Add(instruction);
            }
        }

        return new Dockerfile(stages);
    }

    [GeneratedRegex(@"^\s*#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\s*\n")]
    private static partial Regex Continued();

    [GeneratedRegex(@"dotnet publish (\S+) .*?-o (\S+)")]
    private static partial Regex Publish();
}
