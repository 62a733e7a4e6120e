namespace Actors.Simulation.Channels;

/// <summary>What must have happened at least once over the fixed seeds of worlds of chains.</summary>
internal static class ChannelConditions
{
    private static readonly string[] All =
    [
        "a packet was credited",
    ];

    public static IEnumerable<string> Missing(IReadOnlyDictionary<string, int> seen) => All.Where(condition => !seen.ContainsKey(condition));
}
