namespace Actors.Simulation;

/// <summary>What must have happened at least once over the fixed seeds.</summary>
internal static class Conditions
{
    private static readonly string[] All = [];

    public static IEnumerable<string> Missing(IReadOnlyDictionary<string, int> seen) => All.Where(condition => !seen.ContainsKey(condition));
}
