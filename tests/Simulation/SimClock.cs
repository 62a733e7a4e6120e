using Actors.Engine.Clocks;

namespace Actors.Simulation;

/// <summary>Clocks that only the simulation moves. The wall clock is off from the true time by <see cref="OffsetMs"/>.</summary>
internal sealed class SimClock : IChainClock
{
    public const ulong StartMs = 1_800_000_000_000;

    public long MonotonicMs { get; private set; } = 1_000_000;

    public long OffsetMs { get; set; }

    public ulong UnixMs => (ulong)((long)StartMs + MonotonicMs + OffsetMs);

    public void Advance(long ms) => MonotonicMs += ms;
}
