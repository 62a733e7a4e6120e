using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Chains;

/// <summary>
/// Notes committed heads in the store's head file, at most once a second and at least once a second after a commit. Without
/// commits it has no timer.
/// </summary>
internal sealed class HeadFileKeeper : IDisposable
{
    private const int EveryMs = 1_000;
    private readonly IChainStore _store;
    private readonly Lock _lock = new();
    private readonly Lock _writing = new();
    private readonly Timer _timer;
    private (ulong Height, Hash256 Hash) _noted;
    private ulong _written;
    private bool _scheduled;
    private bool _closed;

    public HeadFileKeeper(IChainStore store)
    {
        _store = store;
        _timer = new Timer(static keeper => ((HeadFileKeeper)keeper!).OnTimer(), this, Timeout.Infinite, Timeout.Infinite);
    }

    public void Note(ulong height, in Hash256 hash)
    {
        lock (_lock)
        {
            _noted = (height, hash);
            if (!_scheduled)
            {
                _scheduled = true;
                _timer.Change(EveryMs, Timeout.Infinite);
            }
        }
    }

    private void Flush()
    {
        lock (_writing)
        {
            (ulong Height, Hash256 Hash) noted;
            lock (_lock)
            {
                noted = _noted;
            }

            if (noted.Height > _written && !_closed)
            {
                _store.WriteHeadFile(noted.Height, noted.Hash);
                _written = noted.Height;
            }
        }
    }

    /// <summary>Writes what was noted last, if it can, and nothing more after that.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        TryFlush();
        lock (_writing)
        {
            _closed = true;
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _scheduled = false;
        }

        TryFlush();
    }

    private void TryFlush()
    {
        try
        {
            Flush();
        }
        catch (StoreException)
        {
            // The file is a lower bound: an older one is still true. The next commit notes the head again.
        }
    }
}
