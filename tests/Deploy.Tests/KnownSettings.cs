using System.Text.RegularExpressions;

namespace Actors.Deploy.Tests;

/// <summary>
/// Which settings the programs have and their defaults, read from the source of the options classes: this project is built without Orleans, and so without
/// the silo.
/// </summary>
internal sealed partial class KnownSettings
{
    private static readonly Dictionary<string, string> Roots = new()
    {
        ["Actors"] = "GatewayOptions",
        ["Actors:Cluster"] = "ClusterOptions",
        ["Actors:Webhooks"] = "WebhookOptions",
    };

    private readonly Dictionary<string, Dictionary<string, (string Type, string Default)>> _classes = [];

    public KnownSettings()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*Options.cs", SearchOption.AllDirectories))
        {
            var current = "";
            foreach (var line in File.ReadLines(file))
            {
                if (Class().Match(line) is { Success: true } named)
                {
                    _classes[current = named.Groups[1].Value] = [];
                }
                else if (Property().Match(line) is { Success: true } property)
                {
                    _classes[current][property.Groups[2].Value] = (property.Groups[1].Value.TrimEnd('?'), property.Groups[3].Value);
                }
            }
        }
    }

    /// <summary>Whether something reads it; <paramref name="variable"/> is named as an environment variable.</summary>
    public bool Contains(string variable)
    {
        var path = variable.Replace("__", ":", StringComparison.Ordinal);
        var root = Roots.Keys.Where(root => path.StartsWith(root + ":", StringComparison.Ordinal)).MaxBy(root => root.Length);
        return root is not null && IsRead(Roots[root], path[(root.Length + 1)..].Split(':'));
    }

    public int DefaultOf(string options, string property) => int.Parse(_classes[options][property].Default.Replace("_", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>All settings of a section, with what stands as their default in the code.</summary>
    public IEnumerable<(string Path, string Default)> PathsOf(string options, string section) => _classes[options].SelectMany(property =>
        _classes.ContainsKey(property.Value.Type) ? PathsOf(property.Value.Type, $"{section}:{property.Key}") : [($"{section}:{property.Key}", property.Value.Default)]);

    private bool IsRead(string type, ReadOnlySpan<string> path)
    {
        if (path.Length == 0)
        {
            return true;
        }

        if (Element().Match(type) is { Success: true } list)
        {
            return IsRead(list.Groups[1].Value, path[1..]);
        }

        return _classes.TryGetValue(type, out var properties) && properties.TryGetValue(path[0], out var property) && IsRead(property.Type, path[1..]);
    }

    [GeneratedRegex(@"class (\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"^\s+public (\S+|Dictionary<.+>) (\w+) \{ get; set; \}(?: = ([^;]+);)?")]
    private static partial Regex Property();

    [GeneratedRegex(@"^(?:List|Dictionary)<(?:\w+, )?(.+)>$")]
    private static partial Regex Element();
}
