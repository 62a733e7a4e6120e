using Actors.Gateway.Problems;

namespace Actors.Gateway.Hosting;

/// <summary>Counts what is being worked on and refuses what is over the bound: the memory of a crowd is bounded before its bytes are read.</summary>
internal sealed class InFlightLimit(long max, string what)
{
    private long _taken;

    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes <paramref name="amount"/>; the caller disposes what it got, once.</summary>
    /// <exception cref="RefusedException">Overloaded.</exception>
    public Lease Take(long amount = 1)
    {
        if (Interlocked.Add(ref _taken, amount) <= max)
        {
            return new Lease(this, amount);
        }

        Interlocked.Add(ref _taken, -amount);
        throw new RefusedException(ProblemKind.Overloaded, $"more than {max} {what}; try again soon", TimeSpan.FromSeconds(1));
    }

    public readonly struct Lease(InFlightLimit limit, long amount) : IDisposable
    {
        public void Dispose() => Interlocked.Add(ref limit._taken, -amount);
    }
}
