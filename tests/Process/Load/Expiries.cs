using Actors.Ledger;

namespace Actors.ProcessTests.Load;

internal static class Expiries
{
    /// <summary>Under the five minutes that a chain allows, and long after the restart that a transaction may need.</summary>
    private const ulong ValidMs = 240_000;

    public static Timestamp Next() => new((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + ValidMs);
}
