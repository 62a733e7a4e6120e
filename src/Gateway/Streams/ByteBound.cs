namespace Actors.Gateway.Streams;

/// <summary>Holds one reader back while the bytes it has taken and that are not yet answered are at a bound. One thread takes, one gives back.</summary>
internal sealed class ByteBound(long max) : IDisposable
{
    private readonly SemaphoreSlim _given = new(0, 1);
    private long _taken;

    /// <summary>An item larger than the bound is taken alone rather than never.</summary>
    public async ValueTask TakeAsync(int bytes, CancellationToken cancellation)
    {
        while (Volatile.Read(ref _taken) >= max)
        {
            await _given.WaitAsync(cancellation);
        }

        Interlocked.Add(ref _taken, bytes);
    }

    public void Give(int bytes)
    {
        var left = Interlocked.Add(ref _taken, -bytes);
        if (left < max && left + bytes >= max && _given.CurrentCount == 0)
        {
            _given.Release();
        }
    }

    public void Dispose() => _given.Dispose();
}
