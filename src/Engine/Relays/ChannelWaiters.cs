namespace Actors.Engine.Relays;

/// <summary>
/// Those who wait for a channel, in open calls: one task a channel however many wait, kept until the channel moves and then forgotten.
/// </summary>
internal sealed class ChannelWaiters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, TaskCompletionSource> _waited = [];
    private Exception? _fault;

    /// <summary>Completes with the first movement after this call. Taken before looking, so that none is missed.</summary>
    public Task NextAsync(uint channel)
    {
        lock (_lock)
        {
            if (_fault is not null)
            {
                return Task.FromException(_fault);
            }

            if (!_waited.TryGetValue(channel, out var next))
            {
                _waited.Add(channel, next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return next.Task;
        }
    }

    public void Moved(uint channel)
    {
        TaskCompletionSource? reached;
        lock (_lock)
        {
            _waited.Remove(channel, out reached);
        }

        reached?.TrySetResult();
    }

    public void Fail(Exception fault)
    {
        lock (_lock)
        {
            _fault = fault;
            foreach (var waited in _waited.Values)
            {
                waited.TrySetException(fault);
                _ = waited.Task.Exception;
            }

            _waited.Clear();
        }
    }
}
