using System.Globalization;
using Actors.Engine.Relays;

namespace Actors.Cli.Relays;

/// <summary>
/// What a relay says while it runs, in plain lines: that a channel is joined, how much was carried now and then, and each trouble once until it is
/// over. Called from many threads.
/// </summary>
internal sealed class RelayTelling(Action<string> say)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RelayDirection, string> _troubles = [];
    private readonly Dictionary<RelayDirection, (long Packets, long Acknowledgements, long Timeouts)> _told = [];
    private string? _failure;

    /// <summary>The last trouble of any kind; null when there was none.</summary>
    public string? LastTrouble { get; private set; }

    public void Joined(ChannelLink link) => Say($"joined   {link.From.Name} at {Of(link.From.Node.Address)} and {link.To.Name} at {Of(link.To.Node.Address)}");

    public void Failed(Exception fault)
    {
        lock (_lock)
        {
            if (_failure != fault.Message)
            {
                _failure = fault.Message;
                Trouble($"trouble  {fault.Message}; trying again");
            }
        }
    }

    public void Refused(RelayDirection direction, RelayRun run) =>
        Tell(direction, $"refused  {direction.Name}: {run.Refusal!.Outcome} ({(int)run.Refusal.Outcome}){(run.Refusal.Detail is { } detail ? $": {detail}" : "")}");

    public void Stalled(RelayDirection direction, RelayRun run) => Tell(direction, $"stalled  {direction.Name}: {run.Start switch
    {
        null => "the channel is not there",
        { PeerFrozen: true } => "the peer is frozen",
        _ => "the channel is paused",
    }}");

    /// <summary>The direction works, whatever there was before.</summary>
    public void Goes(RelayDirection direction)
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                _failure = null;
                say("again    both nodes answer");
            }

            if (_troubles.Remove(direction))
            {
                say($"again    {direction.Name}");
            }
        }
    }

    /// <summary>How much was carried, where that is more than was told before.</summary>
    public void Progress(IEnumerable<RelayDirection> directions)
    {
        foreach (var direction in directions)
        {
            var carried = (direction.Packets, direction.Acknowledgements, direction.Timeouts);
            if (carried != _told.GetValueOrDefault(direction))
            {
                _told[direction] = carried;
                Say($"carried  {direction.Name}: {Summary(direction)}");
            }
        }
    }

    public static string Summary(RelayDirection direction) => string.Join(", ", new[]
    {
        Count(direction.Packets, "packet"),
        Count(direction.Acknowledgements, "acknowledgement"),
        direction.Timeouts == 0 ? null : Count(direction.Timeouts, "timeout"),
    }.Where(part => part is not null));

    public void Say(string line)
    {
        lock (_lock)
        {
            say(line);
        }
    }

    private void Tell(RelayDirection direction, string line)
    {
        lock (_lock)
        {
            if (_troubles.GetValueOrDefault(direction) != line)
            {
                _troubles[direction] = line;
                Trouble(line);
            }
        }
    }

    private void Trouble(string line)
    {
        LastTrouble = line;
        say(line);
    }

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Of(Uri address) => address.AbsoluteUri.TrimEnd('/');
}
