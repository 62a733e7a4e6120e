using System.Collections.Concurrent;

namespace Actors.ProcessTests.Load;

/// <summary>Everything that was sent to one chain, by all clients, written down before it was sent.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<Sent> _all = new();
    private int _checked;

    public IEnumerable<Sent> All => _all;

    /// <summary>Sent since the last call.</summary>
    public IReadOnlyList<Sent> TakeNew()
    {
        var fresh = _all.Skip(_checked).ToArray();
        _checked += fresh.Length;
        return fresh;
    }

    /// <summary>The highest block that a client was told of.</summary>
    public ulong AcknowledgedHeight => _all.Where(sent => sent.IsRecorded).Max(sent => sent.Answer!.Height);

    public void Write(Sent sent) => _all.Enqueue(sent);
}
