namespace Actors.Engine.Clocks;

/// <summary>The two clocks of a machine. The simulator has its own.</summary>
public interface IChainClock
{
    /// <summary>Milliseconds since 1970-01-01T00:00:00Z; may be set back or leap.</summary>
    ulong UnixMs { get; }

    /// <summary>Milliseconds since some moment; never set back, never leaps.</summary>
    long MonotonicMs { get; }
}

/// <summary>The machine's clocks.</summary>
public sealed class SystemClock : IChainClock
{
    public static SystemClock Instance { get; } = new();

    public ulong UnixMs => (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public long MonotonicMs => Environment.TickCount64;
}
