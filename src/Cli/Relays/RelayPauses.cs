namespace Actors.Cli.Relays;

/// <summary>How long a relay pauses after failures in a row: doubling, with some chance in it so that relays do not come all at once.</summary>
internal static class RelayPauses
{
    private const int DoublingsMax = 10;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(10);

    public static TimeSpan After(int failures, TimeSpan? asked = null)
    {
        var grown = First * Math.Pow(2, Math.Min(failures, DoublingsMax)) * (0.75 + (Random.Shared.NextDouble() / 2));
        var pause = grown < Max ? grown : Max;
        return asked > pause && asked < Max ? asked.Value : pause;
    }
}
