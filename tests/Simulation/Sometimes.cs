using System.Collections.Concurrent;

namespace Actors.Simulation;

/// <summary>
/// Counts that something happened. A simulation that never meets a fault proves nothing about it, so what is counted here must come up
/// over the fixed seeds.
/// </summary>
internal static class Sometimes
{
    private static readonly ConcurrentDictionary<string, int> Counts = new();

    public static IReadOnlyDictionary<string, int> Seen => Counts;

    public static void Happened(string what) => Counts.AddOrUpdate(what, 1, static (_, count) => count + 1);

    public static void Happened(bool condition, string what)
    {
        if (condition)
        {
            Happened(what);
        }
    }
}
