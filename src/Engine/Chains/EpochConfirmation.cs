using Actors.Engine.Stores;

namespace Actors.Engine.Chains;

/// <summary>
/// Confirms in the store that this writer still holds the chain. Requests that come while one confirmation runs share the next one,
/// so a crowd costs two writes, not one each.
/// </summary>
internal sealed class EpochConfirmation(IChainStore store, Func<ulong> epoch)
{
    private readonly Lock _lock = new();
    private Task? _running;
    private Task? _next;

    public Task ConfirmAsync()
    {
        lock (_lock)
        {
            if (_running is null)
            {
                return _running = Task.Run(Run);
            }

            return _next ??= _running.ContinueWith(_ => Run(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Confirm()
    {
        var held = epoch();
        while (true)
        {
            try
            {
                store.ConfirmEpoch(held);
                return;
            }
            catch (FenceLostException) when (epoch() != held)
            {
                // This writer itself took a newer one meanwhile, after a write of unknown outcome.
                held = epoch();
            }
        }
    }

    private void Run()
    {
        try
        {
            Confirm();
        }
        finally
        {
            lock (_lock)
            {
                _running = _next;
                _next = null;
            }
        }
    }
}
