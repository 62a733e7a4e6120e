using Actors.Engine.Relays;

namespace Actors.Cli.Relays;

/// <summary>
/// Tells a refusal from a race. Where somebody was quicker, the target is refused what it has executed and not yet written, and what it says of
/// itself is older than that; soon it says that it has moved on. A source that lies is refused at the same place again and again.
/// </summary>
internal sealed class Refusals
{
    private const int RaceMax = 5;
    private RelayCursor? _at;
    private int _count;

    /// <summary>Whether the run was refused, and so were the ones before it at the same place.</summary>
    public bool AreLasting(RelayRun run)
    {
        if (run.End != RelayEnd.Refused)
        {
            (_at, _count) = (null, 0);
            return false;
        }

        _count = _at == run.Start?.Cursor ? _count + 1 : 1;
        _at = run.Start?.Cursor;
        return _count >= RaceMax;
    }
}
