namespace Actors.ProcessTests;

internal static class Seeded
{
    /// <summary>Runs a test so that its failure says how to draw the same again.</summary>
    public static async Task RunAsync(Func<Task> test, Func<string> where)
    {
        try
        {
            await test();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"ACTORS_KILL_SEED={TestSettings.Seed}, {where()}: {failure.Message}", failure);
        }
    }
}
