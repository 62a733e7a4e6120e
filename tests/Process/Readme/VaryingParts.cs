using System.Text.RegularExpressions;

namespace Actors.ProcessTests.Readme;

/// <summary>
/// What differs from run to run, known by its shape: public keys, hashes and ids by their length, and times. Each gets the number of its
/// first appearance, so that two that are the same in one text must be the same in the other: an answer that is said to be the first one again is.
/// </summary>
internal sealed partial class VaryingParts
{
    private readonly Dictionary<string, string> _names = [];

    public string Name(string line) => Varying().Replace(line, part =>
    {
        if (!_names.TryGetValue(part.Value, out var name))
        {
            _names.Add(part.Value, name = $"<{(part.Value[^1] == 'Z' ? "time" : part.Length == 128 ? "key" : "hash")} {_names.Count}>");
        }

        return name;
    });

    /// <summary>What long work says on a slow machine.</summary>
    public static bool IsProgress(string line) => Progress().IsMatch(line);

    [GeneratedRegex(@"\b([0-9a-f]{128}|[0-9a-f]{64}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\b")]
    private static partial Regex Varying();

    [GeneratedRegex(@"^[a-z ]+: \d+( of \d+)? after \d+ s$")]
    private static partial Regex Progress();
}
