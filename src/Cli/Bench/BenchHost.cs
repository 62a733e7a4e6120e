namespace Actors.Cli.Bench;

/// <summary>
/// Starts what takes the load, as often as the run asks: over the same data folder, or the node that was named, each time.
/// Disposing a target stops what was started for it.
/// </summary>
internal sealed class BenchHost(BenchSettings settings, DataFolder? folder, string? credential)
{
    private const int StreamSetUpConnectionsMax = 8;

    public async Task<IBenchTarget> StartAsync(CancellationToken cancellation)
    {
        if (settings.OpenTarget is { } open)
        {
            return await open(cancellation);
        }

        if (settings.Over == Transport.InProcess)
        {
            return OpenFolder();
        }

        if (settings.Node is { } node)
        {
            return Connect(node, credential, null);
        }

        var own = await GatewayProcess.StartAsync(folder!.Path, settings.Store, cancellation);
        return Connect(own.Address, own.AdminToken, own);
    }

    /// <summary>For reading every account: in process where there is a data folder, since a request an account is slow.</summary>
    public Task<IBenchTarget> StartForReadingAsync(CancellationToken cancellation) =>
        folder is null ? StartAsync(cancellation) : Task.FromResult<IBenchTarget>(OpenFolder());

    private LedgerNodeTarget OpenFolder() => LedgerNodeTarget.InProcess(folder!.Path, settings.Store);

    private IBenchTarget Connect(Uri node, string? bearer, GatewayProcess? own) => settings.Over == Transport.Http
        ? new HttpTarget(node, bearer, settings.InFlightMax, own)
        : new HttpStreamTarget(node, bearer, StreamSetUpConnectionsMax, own);
}
