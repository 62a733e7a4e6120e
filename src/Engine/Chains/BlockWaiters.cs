using Actors.Ledger;

namespace Actors.Engine.Chains;

/// <summary>Those who wait for the next committed block.</summary>
internal sealed class BlockWaiters
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<Height> _next = Create();
    private Height _newest;

    public BlockWaiters(Height newest) => _newest = newest;

    public Task<Height> WaitAsync(Height after)
    {
        lock (_lock)
        {
            return _newest > after ? Task.FromResult(_newest) : _next.Task;
        }
    }

    public void Committed(Height height)
    {
        TaskCompletionSource<Height> reached;
        lock (_lock)
        {
            _newest = height;
            reached = _next;
            _next = Create();
        }

        reached.TrySetResult(height);
    }

    public void Fail(Exception fault)
    {
        lock (_lock)
        {
            _next.TrySetException(fault);
            _ = _next.Task.Exception;
        }
    }

    private static TaskCompletionSource<Height> Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
