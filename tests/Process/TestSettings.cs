using System.Globalization;

// Each test has processes of its own and counts on the machine's cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Actors.ProcessTests;

/// <summary>
/// What can be set from outside: <c>ACTORS_KILL_ROUNDS</c>, how often a node under load is killed (20), and <c>ACTORS_KILL_SEED</c>, from
/// which everything random is drawn. A failure says its seed.
/// </summary>
internal static class TestSettings
{
    private const int RoundsDefault = 20;

    public static int KillRounds => (int)(Read("ACTORS_KILL_ROUNDS") ?? RoundsDefault);

    public static int Seed { get; } = (int)(Read("ACTORS_KILL_SEED") ?? Environment.TickCount & int.MaxValue);

    private static long? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
