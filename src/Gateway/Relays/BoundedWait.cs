using Actors.Gateway.Chains;

namespace Actors.Gateway.Relays;

/// <summary>A wait that ends with the request, and early, as if nothing had come, when the node is told to stop.</summary>
internal sealed class BoundedWait(ChainRequest request, IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(request.Cancellation, lifetime.ApplicationStopping);

    public async ValueTask<T?> RunAsync<T>(Func<CancellationToken, ValueTask<T?>> wait) where T : class
    {
        try
        {
            return await wait(_ending.Token);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _ending.Dispose();
}
