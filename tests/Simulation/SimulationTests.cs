using System.Diagnostics;
using Xunit.Abstractions;

namespace Actors.Simulation;

/// <summary>
/// Runs over fixed seeds. ACTORS_SIM_SEED runs one seed only; ACTORS_SIM_SECONDS goes on that long with seeds that were never tried.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int FixedSeeds = 30;
    private const int Steps = 1_000;

    [Fact]
    public void Every_seed_keeps_what_the_clients_were_told()
    {
        if (Environment.GetEnvironmentVariable("ACTORS_SIM_SEED") is { Length: > 0 } one)
        {
            Run(int.Parse(one));
            return;
        }

        for (var seed = 1; seed <= FixedSeeds; seed++)
        {
            Run(seed);
        }

        foreach (var (what, count) in Sometimes.Seen.OrderBy(seen => seen.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{count,7} {what}");
        }

        Assert.Empty(Conditions.Missing(Sometimes.Seen));
    }

    [Fact]
    public void Fresh_seeds_do_too()
    {
        if (!double.TryParse(Environment.GetEnvironmentVariable("ACTORS_SIM_SECONDS"), out var seconds))
        {
            return;
        }

        var failed = new List<string>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds;)
        {
            try
            {
                Run(Random.Shared.Next(1_000_000, int.MaxValue));
            }
            catch (Xunit.Sdk.XunitException failure)
            {
                Console.WriteLine(failure.Message);
                failed.Add(failure.Message);
            }
        }

        Assert.Empty(failed);
    }

    private static void Run(int seed)
    {
        var simulation = new Simulation(seed);
        try
        {
            simulation.Run(Steps);
        }
        catch (Exception failure)
        {
            Assert.Fail($"seed {seed} (ACTORS_SIM_SEED={seed} replays it): {failure}{Environment.NewLine}last steps: {simulation.Trace}");
        }
    }
}
