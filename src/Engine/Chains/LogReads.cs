using Actors.Engine.Faults;
using Actors.Ledger;

namespace Actors.Engine.Chains;

/// <summary>Reads of a chain's log beside its loop: so many at once, and none once the chain is shut down.</summary>
internal sealed class LogReads(ChainId chain)
{
    private const int AtOnceMax = 8;
    private readonly SemaphoreSlim _free = new(AtOnceMax);
    private volatile bool _closed;

    /// <exception cref="EngineFaultException">The log cannot be read, or the chain is shut down.</exception>
    public async ValueTask<T> RunAsync<T>(Func<T> read, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_closed)
            {
                throw new ChainStoppedException($"chain {chain} is shut down");
            }

            return await Task.Run(() => EngineFaults.Translate(read), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for those that run; whoever comes later is refused.</summary>
    public async Task CloseAsync()
    {
        for (var i = 0; i < AtOnceMax; i++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
        }

        _closed = true;
        _free.Release(AtOnceMax);
    }
}
