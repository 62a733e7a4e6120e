namespace Actors.Simulation;

/// <summary>The simulation found something that must not be.</summary>
public sealed class SimException(string what) : Exception(what)
{
    public static void Require(bool holds, Func<string> what)
    {
        if (!holds)
        {
            throw new SimException(what());
        }
    }
}
